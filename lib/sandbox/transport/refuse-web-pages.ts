import { AwsError } from '../aws-error';

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/**
 * Refuses requests that a web page could send: a host name other than loopback (DNS rebinding), or a header that
 * browsers add.
 *
 * AWS clients send neither `Origin` nor `Sec-Fetch-Site`.
 */
export function refuseWebPages(headers: ReadonlyMap<string, readonly string[]>): void {
  const host = headers.get('host')?.[0];
  if (host === undefined || !LOOPBACK.test(host)) {
    throw new AwsError(403, 'AccessDeniedException', 'the sandbox answers to 127.0.0.1, localhost and [::1] only');
  }
  if (headers.has('origin') || headers.has('sec-fetch-site')) {
    throw new AwsError(403, 'AccessDeniedException', 'the sandbox does not answer web pages');
  }
}
