import type { ServerResponse } from 'node:http';
import { constants, type Http2ServerResponse } from 'node:http2';

/** Ends an answer midway: the connection in HTTP/1.1; in HTTP/2 the stream alone, for others share the connection. */
export function drop(response: ServerResponse | Http2ServerResponse): void {
  if ('stream' in response) {
    response.stream.close(constants.NGHTTP2_CANCEL);
  } else {
    response.socket?.destroy();
  }
}
