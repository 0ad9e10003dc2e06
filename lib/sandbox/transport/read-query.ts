import { AwsError } from '../aws-error';

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError(400, 'ValidationException', `the query has a malformed percent-encoding: ${text}`);
  }
}

/** Reads the names and values of a query string. A `+` stays a `+`, as in signature version 4. */
export function readQuery(query: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const at = pair.indexOf('=');
    const name = decode(at === -1 ? pair : pair.slice(0, at));
    values.set(name, [...(values.get(name) ?? []), at === -1 ? '' : decode(pair.slice(at + 1))]);
  }
  return values;
}
