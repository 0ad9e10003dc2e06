import { eventStreamCodec } from '../converse/event-stream-codec';
import type { Reply } from '../transport/reply';

/** One frame of an answer that is a stream, with its type. */
export interface Frame {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The frames of an answer that is a stream; none of one that is not. What is no whole frame has the type ''. */
export function framesOf({ body }: Reply): readonly Frame[] {
  return typeof body === 'string' ? [] : body.map((bytes) => ({ bytes, type: typeOf(bytes) }));
}

function typeOf(bytes: Uint8Array): string {
  try {
    return String(eventStreamCodec.decode(bytes).headers[':event-type']?.value ?? '');
  } catch {
    return '';
  }
}

/** The payload of a frame. */
export function payloadOf({ bytes }: Frame): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(eventStreamCodec.decode(bytes).body).toString('utf8'));
}

/** The frames up to the first text, with it. */
export function upToDelta(answer: Reply): readonly Uint8Array[] {
  const frames = framesOf(answer);
  return frames.slice(0, 1 + frames.findIndex(({ type }) => type === 'contentBlockDelta')).map(({ bytes }) => bytes);
}
