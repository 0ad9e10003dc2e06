import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import { setTimeout as wait } from 'node:timers/promises';
import { drop } from './drop';
import { gone } from './gone';
import { leave } from './leave';
import type { Limits } from './limits';
import type { Reply } from './reply';

type Response = ServerResponse | Http2ServerResponse;

/** True once more can be written; false when the client left or reads nothing. */
function drained(response: Response, limits: Limits): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (goOn: boolean): void => {
      clearTimeout(timer);
      response.off('drain', onDrain);
      response.off('close', onClose);
      resolve(goOn);
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

/** The body in the pieces in which it is written. */
function* pieces({ body, delivery }: Reply): Generator<Uint8Array> {
  const chunks = typeof body === 'string' ? [Buffer.from(body)] : body;
  const size = delivery?.pace?.bytes ?? Number.POSITIVE_INFINITY;
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += size) {
      yield chunk.subarray(at, at + size);
    }
  }
}

/** Writes a reply, waiting for the client to take each frame of a stream. */
export async function sendReply(response: Response, reply: Reply, limits: Limits): Promise<void> {
  const { status, headers, body, delivery } = reply;
  if (delivery?.headers === false) {
    await leave(response, delivery.ends ?? 'reset', limits);
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
        if (gone(response)) {
          return;
        }
      }
    }
  }
  if (delivery?.ends !== undefined) {
    if (!response.headersSent) {
      response.writeHead(status);
    }
    await leave(response, delivery.ends, limits);
    return;
  }
  response.end();
}
