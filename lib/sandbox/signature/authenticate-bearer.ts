import { SignatureV4 } from '@smithy/signature-v4';
import { AwsError } from '../aws-error';
import { readQuery } from '../transport/read-query';
import { readAmzDate } from './amz-date';
import type { Authentication } from './authentication';
import { checkToken } from './check-token';
import { NodeSha256 } from './node-sha256';
import { sameText } from './same-text';
import type { SignedBy } from './signed-by';

const PREFIX = 'bedrock-api-key-';
const HOST = 'bedrock.amazonaws.com';

/** Maximum lifetime of a key: twelve hours. */
const MAX_SECONDS = 43_200;

/** Maximum time by which a key may be dated in the future, the same as for signatures. */
const SKEW_SECONDS = 900;

const isLifetime = (seconds: number): boolean => Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_SECONDS;

const refused = (message: string): AwsError => new AwsError(403, 'AccessDeniedException', message);
const invalid = (): AwsError => refused('Authentication failed: Please make sure your API Key is valid.');

/** Decodes a short-term API key into the query parameters of the presigned request it contains. */
function presignedQuery(key: string): ReadonlyMap<string, string> {
  const text = Buffer.from(key, 'base64').toString('utf8');
  if (!text.startsWith(`${HOST}/?`)) {
    throw invalid();
  }
  try {
    const query = readQuery(text.slice(HOST.length + 2));
    return new Map([...query].map(([name, values]) => [name, values.join(',')]));
  } catch {
    // The message of the original error would quote the key.
    throw invalid();
  }
}

const sortedJson = (query: Iterable<readonly [string, unknown]>): string =>
  JSON.stringify([...query].sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Authenticates a short-term Amazon Bedrock API key.
 *
 * The key contains the presigned request `POST https://bedrock.amazonaws.com/?Action=CallWithBearerToken` (source:
 * AWS's `@aws/bedrock-token-generator`, read 2026-11-21). The sandbox presigns the same request with the credentials
 * that the key names, and compares. Long-term keys are refused, because they belong to users that no template defines.
 *
 * @throws AwsError unless the key is valid now
 */
export async function authenticateBearer(token: string, to: Authentication): Promise<SignedBy> {
  if (!token.startsWith(PREFIX)) {
    throw refused('Invalid API Key format: Must start with pre-defined prefix');
  }
  const query = presignedQuery(token.slice(PREFIX.length));
  const [accessKeyId = '', , region = ''] = (query.get('X-Amz-Credential') ?? '').split('/');
  const issued = to.credentials.find(accessKeyId);
  const expiresIn = Number(query.get('X-Amz-Expires'));
  const signedAt = readAmzDate(query.get('X-Amz-Date'));
  if (issued === undefined || signedAt === undefined || !to.regions.includes(region) || !isLifetime(expiresIn)) {
    throw invalid();
  }
  checkToken(issued, query.get('X-Amz-Security-Token'), to.now);
  const { accessKeyId: id, secretAccessKey, sessionToken } = issued.credentials;
  const signer = new SignatureV4({
    credentials: { accessKeyId: id, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    region,
    service: 'bedrock',
    sha256: NodeSha256,
  });
  const presigned = await signer.presign(
    {
      method: 'POST',
      protocol: 'https:',
      hostname: HOST,
      path: '/',
      query: { Action: 'CallWithBearerToken' },
      headers: { host: HOST },
    },
    { expiresIn, signingDate: signedAt },
  );
  const expected = sortedJson(Object.entries({ ...presigned.query, Version: '1' }));
  if (!sameText(expected, sortedJson(query))) {
    throw invalid();
  }
  const age = (to.now.getTime() - signedAt.getTime()) / 1000;
  if (age > expiresIn) {
    throw refused('Bearer Token has expired');
  }
  if (age < -SKEW_SECONDS) {
    throw invalid();
  }
  return { caller: issued.caller, region, bearer: true };
}
