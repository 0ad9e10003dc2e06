import { text } from 'node:stream/consumers';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/transport';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { defaultProvider } from './environment-credentials';
import type { SessionCredentials } from './session-credentials';

/** A service that answers a POST, and how requests reach it. */
export interface Endpoint {
  /** Of the host name and the signature, such as `ssm`. */
  readonly service: string;
  readonly region: string;
  /** Absent for AWS itself. */
  readonly url: string | undefined;
  readonly handler: NodeHttpHandler;
  /**
   * Who signs.
   *
   * @default - the function's role
   */
  readonly credentials?: SessionCredentials;
}

export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends a request with these headers and this body, signed. */
export type Post = (headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal) => Promise<Answer>;

/**
 * Requests to one service, signed and sent by the SDK's parts.
 *
 * For services of which the function needs one operation: an SDK client for each would make the bundle larger than it
 * may be (that for SSM adds 80 kB).
 */
export function signedPost({ service, region, url, handler, credentials }: Endpoint): Post {
  const { protocol, hostname, port, pathname } = new URL(url ?? `https://${service}.${region}.amazonaws.com`);
  const signer = new SignatureV4({ service, region, credentials: credentials ?? defaultProvider(), sha256: Sha256 });
  return async (headers, body, abortSignal) => {
    const request = new HttpRequest({
      method: 'POST',
      protocol,
      hostname,
      ...(port !== '' && { port: Number(port) }),
      path: pathname,
      headers: {
        host: port === '' ? hostname : `${hostname}:${port}`,
        'content-length': String(Buffer.byteLength(body)),
        ...headers,
      },
      body,
    });
    const signed = new HttpRequest(await signer.sign(request));
    const { response } = await handler.handle(signed, { abortSignal });
    return { statusCode: response.statusCode, headers: response.headers, body: await text(response.body) };
  };
}

/** An error as the SDK would throw it: named by its type, with the status beside it. */
export function serviceError({ statusCode, headers }: Answer, name: string, message: string): Error {
  const requestId = headers['x-amzn-requestid'];
  return Object.assign(new Error(message === '' ? `HTTP status ${statusCode}` : message), {
    name,
    $metadata: { httpStatusCode: statusCode, requestId },
  });
}
