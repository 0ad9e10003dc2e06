import { AwsError } from '../aws-error';
import type { Caller } from '../caller';
import type { Credentials, IssuedCredentials } from '../credentials';
import type { ReceivedRequest } from '../transport/received-request';
import { type Authorization, readAuthorization } from './authorization';
import { sameText } from './same-text';
import { signingDate } from './signing-date';
import { verifySignature } from './verify-signature';

export interface Authentication {
  readonly credentials: Credentials;
  readonly region: string;
  /** The service whose endpoint the request was sent to. */
  readonly service: string;
  readonly now: Date;
}

function checkScope({ date, region, service }: Authorization, header: string | undefined, to: Authentication): void {
  const wrong =
    region !== to.region
      ? `Credential should be scoped to a valid region, not '${region}': the sandbox serves '${to.region}'.`
      : service !== to.service
        ? `Credential should be scoped to correct service: '${to.service}'.`
        : date !== header?.slice(0, 8)
          ? `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${header}'.`
          : undefined;
  if (wrong !== undefined) {
    throw new AwsError(403, 'InvalidSignatureException', wrong);
  }
}

function checkToken({ credentials }: IssuedCredentials, token: string | undefined, now: Date): void {
  if (!sameText(credentials.sessionToken ?? '', token ?? '')) {
    throw new AwsError(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  if (credentials.expiration !== undefined && credentials.expiration <= now) {
    throw new AwsError(403, 'ExpiredTokenException', 'The security token included in the request is expired');
  }
}

/**
 * Who signed the request; throws AWS's error when nobody did.
 *
 * A request that is sent again within the 15 minutes is accepted again, as AWS does.
 */
export async function authenticate(request: ReceivedRequest, to: Authentication): Promise<Caller> {
  const header = (name: string): string | undefined => request.headers.get(name)?.[0];
  if ([...request.query.keys()].some((name) => name.toLowerCase().startsWith('x-amz-'))) {
    throw new AwsError(
      403,
      'MissingAuthenticationTokenException',
      'Missing Authentication Token: presigned requests are not accepted',
    );
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
  return issued.caller;
}
