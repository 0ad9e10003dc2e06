import type { Answer } from './post';
import { serviceError } from './service-error';

/** Reads an answer in AWS JSON. Throws the service's error in the form in which the SDK throws it. */
export function readJsonAnswer(answer: Answer): unknown {
  if (answer.statusCode !== 200) {
    const fields = readFields(answer.body);
    const type = answer.headers['x-amzn-errortype'] ?? String(fields['__type'] ?? fields['code'] ?? 'UnknownError');
    const name = type.replace(/^.*#/, '').replace(/:.*$/, '');
    throw serviceError(answer, name, String(fields['message'] ?? fields['Message'] ?? ''));
  }
  const value: unknown = JSON.parse(answer.body);
  if (typeof value !== 'object' || value === null) {
    throw new SyntaxError('the answer is not a JSON object');
  }
  return value;
}

/** Returns the fields of an answer, or none if it is not JSON or not an object. */
export function readFields(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
