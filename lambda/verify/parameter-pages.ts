import { text } from 'node:stream/consumers';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/transport';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { defaultProvider } from './environment-credentials';
import type { ReadPage } from './read-parameters';

/**
 * Asks the SSM Parameter Store with a request of its own, signed and sent by the SDK's parts.
 *
 * The one operation is a POST with JSON both ways; the SDK's client for it adds 80 kB to the bundle, which would then be
 * larger than it may be.
 */
export function parameterPages(region: string, endpointUrl: string | undefined, handler: NodeHttpHandler): ReadPage {
  const { protocol, hostname, port, pathname } = new URL(endpointUrl ?? `https://ssm.${region}.amazonaws.com`);
  const signer = new SignatureV4({ service: 'ssm', region, credentials: defaultProvider(), sha256: Sha256 });
  return async (path, nextToken, abortSignal) => {
    const request = new HttpRequest({
      method: 'POST',
      protocol,
      hostname,
      ...(port !== '' && { port: Number(port) }),
      path: pathname,
      headers: {
        host: port === '' ? hostname : `${hostname}:${port}`,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AmazonSSM.GetParametersByPath',
      },
      body: JSON.stringify({ Path: path, Recursive: true, ...(nextToken !== undefined && { NextToken: nextToken }) }),
    });
    request.headers['content-length'] = String(Buffer.byteLength(request.body));
    const signed = new HttpRequest(await signer.sign(request));
    const { response } = await handler.handle(signed, { abortSignal });
    return readPage(response.statusCode, response.headers, await text(response.body));
  };
}

interface PageBody {
  readonly Parameters?: readonly { readonly Name?: string; readonly Value?: string }[];
  readonly NextToken?: string | null;
}

function readPage(statusCode: number, headers: Readonly<Record<string, string>>, body: string) {
  if (statusCode !== 200) {
    throw serviceError(statusCode, headers, body);
  }
  const page = JSON.parse(body) as PageBody;
  return {
    parameters: (page.Parameters ?? []).map(({ Name = '', Value = '' }) => ({ name: Name, value: Value })),
    ...(typeof page.NextToken === 'string' && page.NextToken !== '' && { nextToken: page.NextToken }),
  };
}

/** The error as the SDK would throw it: named by its type, with the status beside it. */
function serviceError(httpStatusCode: number, headers: Readonly<Record<string, string>>, body: string): Error {
  const said = readJson(body);
  const type = headers['x-amzn-errortype'] ?? String(said['__type'] ?? said['code'] ?? 'UnknownError');
  const name = type.replace(/^.*#/, '').replace(/:.*$/, '');
  const message = String(said['message'] ?? said['Message'] ?? `HTTP status ${httpStatusCode}`);
  const requestId = headers['x-amzn-requestid'];
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode, requestId } });
}

function readJson(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
