import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Answer } from './exchange';
import { http1Server } from './http1-server';
import { http2Server } from './http2-server';
import { LIMITS, type Limits } from './limits';

/** First bytes of every HTTP/2 connection (RFC 9113, section 3.4). */
const PREFACE = Buffer.from('PRI * HTTP/2.0', 'latin1');

/** Detects the HTTP version from the first bytes. Returns `undefined` while they could still be either. */
function detectVersion(bytes: Buffer): 1 | 2 | undefined {
  const compared = Math.min(bytes.length, PREFACE.length);
  if (!bytes.subarray(0, compared).equals(PREFACE.subarray(0, compared))) {
    return 1;
  }
  return compared === PREFACE.length ? 2 : undefined;
}

/** Calls `use` once the first bytes show the HTTP version. The bytes stay readable. */
function onVersion(socket: Socket, limits: Limits, use: (version: 1 | 2) => void): void {
  let seen = Buffer.alloc(0);
  const silent = setTimeout(() => socket.destroy(), limits.headersMilliseconds);
  const look = (): void => {
    const chunk: unknown = socket.read();
    if (!Buffer.isBuffer(chunk)) {
      return;
    }
    seen = Buffer.concat([seen, chunk]);
    const version = detectVersion(seen);
    if (version !== undefined) {
      clearTimeout(silent);
      socket.off('readable', look);
      socket.off('end', leave);
      socket.unshift(seen);
      use(version);
    }
  };
  const leave = (): void => void socket.destroy();
  socket.on('readable', look);
  socket.once('end', leave);
  socket.once('close', () => clearTimeout(silent));
}

export interface LoopbackServer {
  readonly port: number;
  /** Stops listening and drops every connection. */
  close(): Promise<void>;
}

/** Serves HTTP/1.1 and clear-text HTTP/2 with prior knowledge on one port of 127.0.0.1. */
export function listenOnLoopback(answer: Answer, port: number, limits: Limits = LIMITS): Promise<LoopbackServer> {
  const servers = { 1: http1Server(answer, limits), 2: http2Server(answer, limits) };
  const sockets = new Set<Socket>();
  const front = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    onVersion(socket, limits, (version) => servers[version].emit('connection', socket));
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      front.close(() => resolve());
      servers[1].close();
      for (const socket of sockets) {
        socket.destroy();
      }
    });
  return new Promise((resolve, reject) => {
    front.once('error', (error) => {
      servers[1].close();
      reject(error);
    });
    front.listen(port, '127.0.0.1', () => resolve({ port: (front.address() as AddressInfo).port, close }));
  });
}
