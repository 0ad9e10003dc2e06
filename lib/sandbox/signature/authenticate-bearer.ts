import { SignatureV4 } from '@smithy/signature-v4';
import { AwsError } from '../aws-error';
import { readQuery } from '../transport/read-query';
import { readAmzDate } from './amz-date';
import type { Authentication } from './authenticate';
import { checkToken } from './check-token';
import { NodeSha256 } from './node-sha256';
import { sameText } from './same-text';
import type { SignedBy } from './signed-by';

const PREFIX = 'bedrock-api-key-';
const HOST = 'bedrock.amazonaws.com';

/** In seconds: twelve hours. */
const LONGEST = 43_200;

/** How far in the future a key may have been made, as of any signature. */
const SKEW_SECONDS = 900;

const isTerm = (seconds: number): boolean => Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST;

const refused = (message: string): AwsError => new AwsError(403, 'AccessDeniedException', message);
const invalid = (): AwsError => refused('Authentication failed: Please make sure your API Key is valid.');

/** The presigned request that a short-term key is, as its query's parameters, each once. */
function presignedQuery(key: string): ReadonlyMap<string, string> {
  const text = Buffer.from(key, 'base64').toString('utf8');
  if (!text.startsWith(`${HOST}/?`)) {
    throw invalid();
  }
  try {
    const query = readQuery(text.slice(HOST.length + 2));
    return new Map([...query].map(([name, values]) => [name, values.join(',')]));
  } catch {
    // Its message would quote the key.
    throw invalid();
  }
}

const inOneOrder = (query: Iterable<readonly [string, unknown]>): string =>
  JSON.stringify([...query].sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Whose short-term Amazon Bedrock API key this is; throws AWS's error when it is none that is valid now.
 *
 * The key is the presigned request `POST https://bedrock.amazonaws.com/?Action=CallWithBearerToken` (as AWS's
 * `@aws/bedrock-token-generator` makes it, read 2026-11-21), so it is made again from the credentials that it names, and
 * compared. Long-term keys belong to users that no template makes, and are refused.
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
  if (issued === undefined || signedAt === undefined || !to.regions.includes(region) || !isTerm(expiresIn)) {
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
  const again = await signer.presign(
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
  const expected = inOneOrder(Object.entries({ ...again.query, Version: '1' }));
  if (!sameText(expected, inOneOrder(query))) {
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
