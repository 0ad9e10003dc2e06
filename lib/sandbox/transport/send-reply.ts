import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import { setTimeout as wait } from 'node:timers/promises';
import { abandon } from './abandon';
import { drop } from './drop';
import { hasDisconnected } from './has-disconnected';
import type { Limits } from './limits';
import type { Reply } from './reply';

type Response = ServerResponse | Http2ServerResponse;

/** Resolves to true when more can be written, or to false when the client disconnects or stops reading. */
function drained(response: Response, limits: Limits): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (writable: boolean): void => {
      clearTimeout(timer);
      response.off('drain', onDrain);
      response.off('close', onClose);
      resolve(writable);
    };
    const onDrain = (): void => settle(true);
    const onClose = (): void => settle(false);
    const timer = setTimeout(onClose, limits.idleMilliseconds);
    response.on('drain', onDrain);
    response.on('close', onClose);
  });
}

function write(response: Response, chunk: Uint8Array): boolean {
  return 'stream' in response ? response.write(chunk) : response.write(chunk);
}

/** Splits the body into the pieces in which it is written. */
function* pieces({ body, delivery }: Reply): Generator<Uint8Array> {
  const chunks = typeof body === 'string' ? [Buffer.from(body)] : body;
  const size = delivery?.pace?.bytes ?? Number.POSITIVE_INFINITY;
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += size) {
      yield chunk.subarray(at, at + size);
    }
  }
}

/** Writes a reply. It waits until the client has taken each frame of a stream. */
export async function sendReply(response: Response, reply: Reply, limits: Limits): Promise<void> {
  const { status, headers, body, delivery } = reply;
  if (delivery?.headers === false) {
    await abandon(response, delivery.ends ?? 'reset', limits);
    return;
  }
  const whole = typeof body === 'string' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  response.statusCode = status;
  for (const [name, value] of Object.entries({ ...headers, ...whole })) {
    response.setHeader(name, value);
  }
  if (response.req.method !== 'HEAD') {
    for (const chunk of pieces(reply)) {
      if (!write(response, chunk) && !(await drained(response, limits))) {
        drop(response);
        return;
      }
      if (delivery?.pace !== undefined) {
        await wait(delivery.pace.milliseconds);
        if (hasDisconnected(response)) {
          return;
        }
      }
    }
  }
  if (delivery?.ends !== undefined) {
    if (!response.headersSent) {
      response.writeHead(status);
    }
    await abandon(response, delivery.ends, limits);
    return;
  }
  response.end();
}
