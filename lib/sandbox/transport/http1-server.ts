import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { type Answer, exchange } from './exchange';
import type { Limits } from './limits';

const REFUSALS: Readonly<Record<string, readonly [number, string, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'RequestHeaderFieldsTooLarge'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'RequestTimeoutException'],
};

/** Answers bytes that are not an HTTP request. Node creates no request object for them. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, reason, code] = REFUSALS[error.code ?? ''] ?? [400, 'Bad Request', 'ValidationException'];
  const body = JSON.stringify({ message: 'the request could not be read' });
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-type: application/json\r\n` +
      `x-amzn-errortype: ${code}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

/** Creates an HTTP/1.1 server that does not listen. The caller hands connections to it. */
export function http1Server(answer: Answer, limits: Limits): Server {
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    // `refuseWebPages` refuses a request without a Host header.
    requireHostHeader: false,
    headersTimeout: limits.headersMilliseconds,
    requestTimeout: limits.requestMilliseconds,
    keepAliveTimeout: limits.idleMilliseconds,
    connectionsCheckingInterval: Math.min(1000, limits.headersMilliseconds),
  });
  server.on('request', (request, response) => void exchange(request, response, answer, limits));
  // An Expect header other than 100-continue is ignored.
  server.on('checkExpectation', (request, response) => void exchange(request, response, answer, limits));
  server.on('connect', (_, socket) => refuse(new Error('CONNECT is for proxies'), socket as Socket));
  server.on('clientError', refuse);
  // Node enforces headersTimeout and requestTimeout only after a server starts to listen, and this one never does.
  server.emit('listening');
  return server;
}
