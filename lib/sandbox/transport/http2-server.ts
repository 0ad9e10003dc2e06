import { createServer, type Http2Server } from 'node:http2';
import { type Answer, exchange } from './exchange';
import type { Limits } from './limits';

/** Creates a clear-text HTTP/2 server that does not listen. The caller hands connections to it. */
export function http2Server(answer: Answer, limits: Limits): Http2Server {
  const server = createServer({ settings: { maxHeaderListSize: limits.headerBytes, maxConcurrentStreams: 200 } });
  server.on('request', (request, response) => void exchange(request, response, answer, limits));
  server.on('sessionError', () => undefined);
  server.on('session', (session) => {
    const silent = setTimeout(() => session.destroy(), limits.headersMilliseconds);
    session.once('stream', () => clearTimeout(silent));
    session.once('close', () => clearTimeout(silent));
    session.on('error', () => undefined);
    session.setTimeout(limits.idleMilliseconds, () => session.close());
  });
  server.on('stream', (stream) => stream.on('error', () => undefined));
  return server;
}
