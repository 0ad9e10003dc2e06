import { eventStreamCodec } from './event-stream-codec';

/** Encodes one event of a stream in AWS's event stream encoding. */
export function eventFrame(type: string, payload: unknown): Uint8Array {
  return eventStreamCodec.encode({
    headers: {
      ':event-type': { type: 'string', value: type },
      ':content-type': { type: 'string', value: 'application/json' },
      ':message-type': { type: 'string', value: 'event' },
    },
    body: Buffer.from(JSON.stringify(payload)),
  });
}
