import { AwsError } from '../aws-error';
import type { IssuedCredentials } from '../credentials';
import { sameText } from './same-text';

/**
 * Checks the session token of a request.
 *
 * @throws AwsError unless the token belongs to the credentials and the session has not expired
 */
export function checkToken({ credentials }: IssuedCredentials, token: string | undefined, now: Date): void {
  if (!sameText(credentials.sessionToken ?? '', token ?? '')) {
    throw new AwsError(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  if (credentials.expiration !== undefined && credentials.expiration <= now) {
    throw new AwsError(403, 'ExpiredTokenException', 'The security token included in the request is expired');
  }
}
