import { AwsError } from '../aws-error';
import type { ReceivedRequest } from '../transport/received-request';
import { authenticateBearer } from './authenticate-bearer';
import type { Authentication } from './authentication';
import { type Authorization, readAuthorization } from './authorization';
import { checkToken } from './check-token';
import type { SignedBy } from './signed-by';
import { signingDate } from './signing-date';
import { verifySignature } from './verify-signature';

function checkScope({ date, region, service }: Authorization, header: string | undefined, to: Authentication): void {
  const mismatch = !to.regions.includes(region)
    ? `Credential should be scoped to a valid region, not '${region}': the sandbox serves ${to.regions.join(', ')}.`
    : service !== to.service
      ? `Credential should be scoped to correct service: '${to.service}'.`
      : date !== header?.slice(0, 8)
        ? `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${header}'.`
        : undefined;
  if (mismatch !== undefined) {
    throw new AwsError(403, 'InvalidSignatureException', mismatch);
  }
}

/**
 * Authenticates the caller of a request by its signature or bearer token.
 *
 * A replayed request is accepted for 15 minutes, as AWS does.
 *
 * @throws AwsError unless the request carries a valid signature or bearer token
 */
export async function authenticate(request: ReceivedRequest, to: Authentication): Promise<SignedBy> {
  const header = (name: string): string | undefined => request.headers.get(name)?.[0];
  if ([...request.query.keys()].some((name) => name.toLowerCase().startsWith('x-amz-'))) {
    throw new AwsError(
      403,
      'MissingAuthenticationTokenException',
      'Missing Authentication Token: presigned requests are not accepted',
    );
  }
  const [, token] = /^bearer +(\S+)$/i.exec(header('authorization') ?? '') ?? [];
  if (to.bearerTokens && token !== undefined) {
    return authenticateBearer(token, to);
  }
  const authorization = readAuthorization(header('authorization'));
  const issued = to.credentials.find(authorization.accessKeyId);
  if (issued === undefined) {
    throw new AwsError(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  checkToken(issued, header('x-amz-security-token'), to.now);
  checkScope(authorization, header('x-amz-date'), to);
  const signedAt = signingDate(header('x-amz-date'), to.now);
  await verifySignature(request, authorization, issued.credentials, signedAt);
  return { caller: issued.caller, region: authorization.region };
}
