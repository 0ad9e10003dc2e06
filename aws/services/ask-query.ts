import type { Post } from './post';
import { serviceError } from './service-error';

const HEADERS = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

/**
 * Calls a service that speaks the AWS Query protocol, in which requests are forms and answers are XML.
 *
 * @returns the XML of the answer
 * @throws the service's error, in the form in which the SDK throws it
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

/** Returns the text of the first element with this name, if that element contains text alone. */
export function element(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text?.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
