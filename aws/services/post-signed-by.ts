import { text } from 'node:stream/consumers';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/transport';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Endpoint, Post } from './post';

/** The credentials that sign requests, or a function that provides them. */
export type Signer = ConstructorParameters<typeof SignatureV4>[0]['credentials'];

/** Returns a function that signs requests to one service with `credentials`, and with no others, and sends them. */
export function postSignedBy(
  credentials: Signer,
  { service, region, url, handler, method = 'POST' }: Omit<Endpoint, 'credentials'>,
): Post {
  const { protocol, hostname, port, pathname } = new URL(url ?? `https://${service}.${region}.amazonaws.com`);
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  return async (headers, body, abortSignal) => {
    const request = new HttpRequest({
      method,
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
