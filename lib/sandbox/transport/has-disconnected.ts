import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';

/** True when the client of a response has disconnected. */
export function hasDisconnected(response: ServerResponse | Http2ServerResponse): boolean {
  return 'stream' in response ? response.stream.destroyed : response.socket?.destroyed !== false;
}
