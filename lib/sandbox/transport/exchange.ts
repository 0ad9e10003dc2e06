import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants, Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { AwsError } from '../aws-error';
import { drop } from './drop';
import { hasDisconnected } from './has-disconnected';
import type { Limits } from './limits';
import { readBody } from './read-body';
import { readHeaders } from './read-headers';
import { readQuery } from './read-query';
import type { ReceivedRequest } from './received-request';
import { refuseWebPages } from './refuse-web-pages';
import type { Reply } from './reply';
import { restError } from './rest-error';
import { sendReply } from './send-reply';

/** Answers one received request. */
export type Answer = (request: ReceivedRequest) => Promise<Reply>;

type Incoming = IncomingMessage | Http2ServerRequest;
type Outgoing = ServerResponse | Http2ServerResponse;

async function receive(incoming: Incoming, id: string, limits: Limits): Promise<ReceivedRequest> {
  const method = incoming.method ?? '';
  const headers = readHeaders(incoming.rawHeaders, limits);
  refuseWebPages(headers);
  if (method !== 'GET' && method !== 'POST') {
    throw new AwsError(405, 'MethodNotAllowedException', `the method ${method} is not served`);
  }
  const url = incoming.url ?? '';
  if (!url.startsWith('/')) {
    throw new AwsError(400, 'ValidationException', 'the request target must be a path');
  }
  if (Number(headers.get('content-length')?.[0] ?? 0) > limits.bodyBytes) {
    throw new AwsError(
      413,
      'RequestEntityTooLargeException',
      `the body must be at most ${limits.bodyBytes} bytes long`,
    );
  }
  const at = url.indexOf('?');
  const query = readQuery(at === -1 ? '' : url.slice(at + 1));
  const path = at === -1 ? url : url.slice(0, at);
  return { id, method, path, query, headers, body: await readBody(incoming, limits) };
}

/** Drops the connection or stream after a second, so that a client that is still sending can read its answer. */
function dropSoon(incoming: Incoming): void {
  incoming.resume();
  const timer = setTimeout(() => {
    if (incoming instanceof Http2ServerRequest) {
      incoming.stream.close(constants.NGHTTP2_NO_ERROR);
    } else {
      incoming.socket.destroy();
    }
  }, 1000);
  incoming.once('close', () => clearTimeout(timer));
}

/** Serves one request, from its headers to the last byte of the response. The promise never rejects. */
export async function exchange(incoming: Incoming, outgoing: Outgoing, answer: Answer, limits: Limits): Promise<void> {
  const id = randomUUID();
  incoming.on('error', () => undefined);
  outgoing.on('error', () => undefined);
  try {
    const reply = await answer(await receive(incoming, id, limits));
    await sendReply(outgoing, { ...reply, headers: { ...reply.headers, 'x-amzn-requestid': id } }, limits);
  } catch (error) {
    if (outgoing.headersSent || hasDisconnected(outgoing)) {
      drop(outgoing);
      return;
    }
    const awsError =
      error instanceof AwsError ? error : new AwsError(500, 'InternalServerException', 'the sandbox failed');
    const reply = restError(awsError);
    const unread = !incoming.complete;
    const close = unread && !(incoming instanceof Http2ServerRequest) ? { connection: 'close' } : {};
    const headers = { ...reply.headers, 'x-amzn-requestid': id, ...close };
    await sendReply(outgoing, { ...reply, headers }, limits).catch(() => drop(outgoing));
    if (unread) {
      dropSoon(incoming);
    }
  }
}
