import type { ServerResponse } from 'node:http';
import { constants, type Http2ServerResponse } from 'node:http2';
import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery } from './delivery';
import { drop } from './drop';
import type { Limits } from './limits';

/** Time for the client to read what was sent, because a reset discards unread bytes. */
const READ_MILLISECONDS = 20;

/** Abandons a response midway. The promise resolves when the connection is gone or, in HTTP/2, the stream. */
export async function abandon(
  response: ServerResponse | Http2ServerResponse,
  ends: NonNullable<Delivery['ends']>,
  limits: Limits,
): Promise<void> {
  if (ends === 'silent') {
    const disconnected = new Promise((resolve) => response.once('close', resolve));
    await Promise.race([disconnected, wait(limits.idleMilliseconds, undefined, { ref: false })]);
    drop(response);
    return;
  }
  await wait(READ_MILLISECONDS);
  if ('stream' in response) {
    response.stream.close(ends === 'reset' ? constants.NGHTTP2_INTERNAL_ERROR : constants.NGHTTP2_NO_ERROR);
  } else if (ends === 'reset') {
    response.socket?.resetAndDestroy();
  } else {
    response.socket?.destroy();
  }
}
