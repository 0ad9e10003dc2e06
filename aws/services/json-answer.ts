import { serviceError } from './service-error';
import type { Answer } from './signed-post';

/** What a service that speaks AWS JSON answered; throws its error as the SDK would. */
export function readJsonAnswer(answer: Answer): unknown {
  if (answer.statusCode !== 200) {
    const said = readFields(answer.body);
    const type = answer.headers['x-amzn-errortype'] ?? String(said['__type'] ?? said['code'] ?? 'UnknownError');
    const name = type.replace(/^.*#/, '').replace(/:.*$/, '');
    throw serviceError(answer, name, String(said['message'] ?? said['Message'] ?? ''));
  }
  const value: unknown = JSON.parse(answer.body);
  if (typeof value !== 'object' || value === null) {
    throw new SyntaxError('the answer is no JSON object');
  }
  return value;
}

/** The fields of an answer that may be no JSON, or no object: it then has none. */
export function readFields(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
