import { EventStreamCodec } from '@smithy/core/event-streams';

/** Encodes and decodes AWS's binary event stream encoding. */
export const eventStreamCodec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);
