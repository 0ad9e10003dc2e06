import type { Account } from '../../account/account';
import { accountArn } from '../../catalog/arn';
import { AwsError } from '../aws-error';
import { outsideCaller } from '../identify';
import type { SignedBy } from '../signature/signed-by';
import type { ReceivedRequest } from '../transport/received-request';
import { readForm } from './read-form';
import { type Issuers, readWebToken } from './web-token';

/**
 * Authenticates the caller of AssumeRoleWithWebIdentity by its token. Such a request is not signed. Returns `undefined`
 * for any other request.
 *
 * @throws AwsError unless a known issuer signed the token
 */
export function authenticateWebToken(
  { method, path, headers, body }: ReceivedRequest,
  account: Account,
  issuers: Issuers,
  now: Date,
): SignedBy | undefined {
  if (method !== 'POST' || path !== '/' || headers.has('authorization') || headers.has('x-amz-target')) {
    return undefined;
  }
  const form = readForm(body);
  if (form.get('Action') !== 'AssumeRoleWithWebIdentity') {
    return undefined;
  }
  const token = form.get('WebIdentityToken');
  if (token === undefined) {
    throw new AwsError(400, 'ValidationError', "Value null at 'webIdentityToken' failed to satisfy constraint");
  }
  const { issuer, audience, subject, ...session } = readWebToken(token, issuers, now);
  const provider = accountArn(
    { partition: account.partition, account: account.accountId },
    'iam',
    `oidc-provider/${issuer}`,
  );
  const keys = { [`${issuer}:aud`]: [audience], [`${issuer}:sub`]: [subject] };
  const caller = outsideCaller({ caller: { kind: 'federated', provider }, keys, session });
  return { caller, region: account.region };
}
