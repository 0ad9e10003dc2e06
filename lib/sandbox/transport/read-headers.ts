import { AwsError } from '../aws-error';
import type { Limits } from './limits';

/** Headers that mean one thing only: two of them could be read differently by whoever signs and whoever serves. */
const SINGLE = [
  ':authority',
  'authorization',
  'content-type',
  'host',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-target',
  'x-amzn-bedrock-guardrailidentifier',
  'x-amzn-bedrock-guardrailversion',
];

/**
 * Headers by lower-case name, from node's list of names and values.
 *
 * `host` and `:authority` are the same fact in HTTP/1.1 and HTTP/2; each is filled in from the other.
 */
export function readHeaders(raw: readonly string[], limits: Limits): ReadonlyMap<string, readonly string[]> {
  const size = raw.reduce((sum, text) => sum + text.length, 0);
  if (size > limits.headerBytes) {
    throw new AwsError(431, 'RequestHeaderFieldsTooLarge', `headers of more than ${limits.headerBytes} bytes`);
  }
  const headers = new Map<string, string[]>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = String(raw[at]).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), String(raw[at + 1])]);
  }
  const [host, authority] = [headers.get('host'), headers.get(':authority')];
  if (host !== undefined && authority !== undefined && host.join() !== authority.join()) {
    throw new AwsError(400, 'ValidationException', 'host and :authority differ');
  }
  const both = authority ?? host;
  if (both !== undefined) {
    headers.set('host', both).set(':authority', both);
  }
  const twice = SINGLE.find((name) => (headers.get(name)?.length ?? 0) > 1);
  if (twice !== undefined) {
    throw new AwsError(400, 'ValidationException', `the header ${twice} was sent more than once`);
  }
  return headers;
}
