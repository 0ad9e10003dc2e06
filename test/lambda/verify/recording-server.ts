import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Endpoint } from '../../../aws/services/post';
import { shortCalls } from '../../../aws/services/short-calls';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The parts of a server that a test file uses. */
interface RecordingServer {
  /** Every request, in order. */
  readonly seen: readonly Seen[];
  /** Answer to the next requests. */
  reply: { readonly status: number; readonly body: string };
  /** Returns an endpoint that leads to this server instead of a service. */
  endpointOf(service: string): Endpoint;
}

/** Starts a loopback server for the tests of one file, and sets the credentials of a session in the environment. */
export function recordingServer(contentType: string): RecordingServer {
  const seen: Seen[] = [];
  const handler = shortCalls();
  const server = createServer(async (request, response) => {
    seen.push({ method: request.method, url: request.url, headers: request.headers, body: await text(request) });
    response.writeHead(recording.reply.status, { 'content-type': contentType, 'x-amzn-requestid': 'r-1' });
    response.end(recording.reply.body);
  });
  const recording: RecordingServer = {
    seen,
    reply: { status: 200, body: '' },
    endpointOf: (service) => {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      return { service, region: 'us-east-1', url, handler };
    },
  };
  beforeAll(async () => {
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'AKID',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    handler.destroy();
    server.closeAllConnections();
    server.close();
  });
  return recording;
}
