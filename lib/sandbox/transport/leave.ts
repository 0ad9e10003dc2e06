import type { ServerResponse } from 'node:http';
import { constants, type Http2ServerResponse } from 'node:http2';
import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery } from './delivery';
import { drop } from './drop';
import type { Limits } from './limits';

/** A reset discards what the other side has not read yet. */
const READ_MILLISECONDS = 20;

/** Leaves a client without the rest of its answer; ends once the connection, or in HTTP/2 the stream, is gone. */
export async function leave(
  response: ServerResponse | Http2ServerResponse,
  ends: NonNullable<Delivery['ends']>,
  limits: Limits,
): Promise<void> {
  if (ends === 'silent') {
    const gone = new Promise((resolve) => response.once('close', resolve));
    await Promise.race([gone, wait(limits.idleMilliseconds, undefined, { ref: false })]);
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
