import type { ServerResponse } from 'node:http';
import { constants, type Http2ServerResponse } from 'node:http2';

/** Aborts a response. HTTP/1.1 loses the connection, HTTP/2 only the stream, because others share the connection. */
export function drop(response: ServerResponse | Http2ServerResponse): void {
  if ('stream' in response) {
    response.stream.close(constants.NGHTTP2_CANCEL);
  } else {
    response.socket?.destroy();
  }
}
