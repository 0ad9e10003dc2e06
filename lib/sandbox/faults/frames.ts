import { eventStreamCodec } from '../converse/event-stream-codec';
import type { Reply } from '../transport/reply';

/** One frame of a stream. */
export interface Frame {
  /** Type of the event; empty when the bytes are not a whole event. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Reads the frames of a stream. An answer that is not a stream has none. */
export function readFrames({ body }: Reply): readonly Frame[] {
  return typeof body === 'string' ? [] : body.map((bytes) => ({ bytes, type: eventType(bytes) }));
}

function eventType(bytes: Uint8Array): string {
  try {
    return String(eventStreamCodec.decode(bytes).headers[':event-type']?.value ?? '');
  } catch {
    return '';
  }
}

/** Decodes the payload of a frame. */
export function readPayload({ bytes }: Frame): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(eventStreamCodec.decode(bytes).body).toString('utf8'));
}

/** Returns the frames up to and including the first text. */
export function upToDelta(answer: Reply): readonly Uint8Array[] {
  const frames = readFrames(answer);
  return frames.slice(0, 1 + frames.findIndex(({ type }) => type === 'contentBlockDelta')).map(({ bytes }) => bytes);
}
