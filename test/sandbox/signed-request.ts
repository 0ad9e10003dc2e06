import { createHash, createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { SandboxCredentials } from '../../lib/sandbox/credentials';

/** A request as it is sent over the wire. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Signing {
  readonly credentials: SandboxCredentials;
  readonly date?: Date;
  readonly region?: string;
  readonly service?: string;
  /** Headers that are sent in addition to those that are always signed. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly unsigned?: readonly string[];
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Signs a request by the specification of signature version 4, independently of the library that verifies it. */
export function sign(url: string, method: string, path: string, body: string, signing: Signing): SentRequest {
  const { credentials, date = new Date(), region = 'us-east-1', service = 'bedrock', unsigned = [] } = signing;
  const stamp = date.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const headers: Record<string, string> = {
    host: new URL(url).host,
    'content-type': 'application/json',
    'x-amz-date': stamp,
    ...(credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken }),
    ...signing.headers,
  };
  const [file = '', query = ''] = path.split('?');
  const names = Object.keys(headers)
    .filter((name) => !unsigned.includes(name))
    .sort();
  const canonical = [
    method,
    file.split('/').map(encode).join('/'),
    query.split('&').sort().join('&'),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const scope = [stamp.slice(0, 8), region, service, 'aws4_request'];
  const key = scope.reduce<string | Buffer>((k, part) => hmac(k, part), `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(
    key as Buffer,
    ['AWS4-HMAC-SHA256', stamp, scope.join('/'), sha256(canonical)].join('\n'),
  ).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { method, path, headers: { ...headers, authorization }, body };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Sends a request over HTTP/1.1 unchanged. */
export function send(url: string, { method, path, headers, body }: SentRequest): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { hostname, port, method, path, headers, setHost: false, agent: false },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
