import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Answer } from './exchange';
import { http1Server } from './http1-server';
import { http2Server } from './http2-server';
import { LIMITS, type Limits } from './limits';

/** How every HTTP/2 connection begins (RFC 9113, section 3.4). */
const PREFACE = Buffer.from('PRI * HTTP/2.0', 'latin1');

/** The HTTP version of these first bytes, or `undefined` while they could still be either. */
function versionOf(bytes: Buffer): 1 | 2 | undefined {
  const compared = Math.min(bytes.length, PREFACE.length);
  if (!bytes.subarray(0, compared).equals(PREFACE.subarray(0, compared))) {
    return 1;
  }
  return compared === PREFACE.length ? 2 : undefined;
}

/** Calls `decided` once the first bytes tell the HTTP version; they stay readable. */
function onVersion(socket: Socket, limits: Limits, decided: (version: 1 | 2) => void): void {
  let seen = Buffer.alloc(0);
  const silent = setTimeout(() => socket.destroy(), limits.headersMilliseconds);
  const look = (): void => {
    const chunk: unknown = socket.read();
    if (!Buffer.isBuffer(chunk)) {
      return;
    }
    seen = Buffer.concat([seen, chunk]);
    const version = versionOf(seen);
    if (version !== undefined) {
      clearTimeout(silent);
      socket.off('readable', look);
      socket.off('end', leave);
      socket.unshift(seen);
      decided(version);
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
