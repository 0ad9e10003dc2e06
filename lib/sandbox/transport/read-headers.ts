import { AwsError } from '../aws-error';
import type { Limits } from './limits';

/** Headers that may occur only once, because signer and server could read repeated ones differently. */
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
  'x-amzn-bedrock-service-tier',
];

/**
 * Reads headers by lower-case name from Node's flat list of names and values.
 *
 * `host` in HTTP/1.1 and `:authority` in HTTP/2 mean the same, so each is copied from the other.
 */
export function readHeaders(raw: readonly string[], limits: Limits): ReadonlyMap<string, readonly string[]> {
  const size = raw.reduce((sum, text) => sum + text.length, 0);
  if (size > limits.headerBytes) {
    throw new AwsError(
      431,
      'RequestHeaderFieldsTooLarge',
      `the headers must be at most ${limits.headerBytes} bytes long`,
    );
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
  const target = authority ?? host;
  if (target !== undefined) {
    headers.set('host', target).set(':authority', target);
  }
  const duplicate = SINGLE.find((name) => (headers.get(name)?.length ?? 0) > 1);
  if (duplicate !== undefined) {
    throw new AwsError(400, 'ValidationException', `the header ${duplicate} was sent more than once`);
  }
  return headers;
}
