import { EventStreamCodec } from '@smithy/core/event-streams';

/** AWS's binary framing of streams. */
export const eventStreamCodec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);
