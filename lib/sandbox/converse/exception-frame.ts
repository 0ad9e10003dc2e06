import { eventStreamCodec } from './event-stream-codec';

/** Encodes an error event, for a stream that already started with status 200. */
export function exceptionFrame(type: string, message: string): Uint8Array {
  return eventStreamCodec.encode({
    headers: {
      ':exception-type': { type: 'string', value: type },
      ':content-type': { type: 'string', value: 'application/json' },
      ':message-type': { type: 'string', value: 'exception' },
    },
    body: Buffer.from(JSON.stringify({ message })),
  });
}
