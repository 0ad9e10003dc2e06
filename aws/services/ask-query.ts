import { serviceError } from './service-error';
import type { Post } from './signed-post';

const HEADERS = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

/**
 * Asks a service of the query protocol, whose requests are forms and whose answers are XML, and returns the answer; throws
 * its error as the SDK would.
 */
export async function askQuery(
  post: Post,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  const answer = await post(HEADERS, new URLSearchParams(form).toString(), signal);
  if (answer.statusCode !== 200) {
    throw serviceError(answer, element(answer.body, 'Code') ?? 'UnknownError', element(answer.body, 'Message') ?? '');
  }
  return answer.body;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

/** What the first element of this name holds, in an answer whose texts hold no elements themselves. */
export function element(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text?.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
