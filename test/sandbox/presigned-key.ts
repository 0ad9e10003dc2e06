import { createHash, createHmac } from 'node:crypto';
import type { SandboxCredentials } from '../../lib/sandbox/credentials';

/** Parts of a key that a test can change. */
export interface KeyParts {
  readonly date?: Date;
  readonly region?: string;
  readonly service?: string;
  readonly expires?: string;
  readonly action?: string;
  readonly host?: string;
  readonly version?: string;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * Makes a short-term Amazon Bedrock API key by the specification of signature version 4, independently of the library
 * that makes and verifies keys elsewhere.
 */
export function presignedKey(credentials: SandboxCredentials, parts: KeyParts = {}): string {
  const { date = new Date(), region = 'us-east-1', service = 'bedrock', expires = '60', version = '1' } = parts;
  const { action = 'CallWithBearerToken', host = 'bedrock.amazonaws.com' } = parts;
  const stamp = date.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = [stamp.slice(0, 8), region, service, 'aws4_request'];
  const query = [
    ['Action', action],
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${credentials.accessKeyId}/${scope.join('/')}`],
    ['X-Amz-Date', stamp],
    ['X-Amz-Expires', expires],
    ...(credentials.sessionToken === undefined ? [] : [['X-Amz-Security-Token', credentials.sessionToken]]),
    ['X-Amz-SignedHeaders', 'host'],
  ]
    .map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`)
    .join('&');
  const empty = createHash('sha256').update('').digest('hex');
  const canonical = ['POST', '/', query, `host:${host}`, '', 'host', empty].join('\n');
  const key = scope.reduce<string | Buffer>((k, part) => hmac(k, part), `AWS4${credentials.secretAccessKey}`);
  const hashed = createHash('sha256').update(canonical).digest('hex');
  const signature = hmac(key as Buffer, ['AWS4-HMAC-SHA256', stamp, scope.join('/'), hashed].join('\n')).toString(
    'hex',
  );
  return keyOf(`${host}/?${query}&X-Amz-Signature=${signature}&Version=${version}`);
}

export const keyOf = (presigned: string): string => `bedrock-api-key-${Buffer.from(presigned).toString('base64')}`;

/** Decodes the presigned request inside a key. */
export const presignedIn = (key: string): string =>
  Buffer.from(key.slice('bedrock-api-key-'.length), 'base64').toString('utf8');
