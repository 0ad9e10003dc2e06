import { eventFrame } from '../converse/event-frame';
import { exceptionFrame } from '../converse/exception-frame';
import type { Reply } from '../transport/reply';
import type { Fault } from './fault';
import { readFrames, upToDelta } from './frames';

function stream(name: string, does: string, frames: (answer: Reply) => readonly Uint8Array[]): Fault {
  return { name, does, operations: ['ConverseStream'], change: (answer) => ({ ...answer, body: frames(answer) }) };
}

const without =
  (omitted: string) =>
  (answer: Reply): readonly Uint8Array[] =>
    readFrames(answer)
      .filter(({ type }) => type !== omitted)
      .map(({ bytes }) => bytes);

/**
 * Keeps the frames up to the first text and `bytes` of the next frame.
 *
 * A negative number counts from that frame's end.
 */
const cutAfterDelta =
  (bytes: number) =>
  (answer: Reply): readonly Uint8Array[] => {
    const whole = upToDelta(answer);
    const next = readFrames(answer)[whole.length]?.bytes ?? new Uint8Array();
    return [...whole, next.slice(0, bytes)];
  };

/** Flips one bit of the last frame's payload. The byte before the four-byte checksum is the last of the payload. */
function damageLast(frames: readonly Uint8Array[]): readonly Uint8Array[] {
  const last = Uint8Array.from(frames.at(-1) ?? []);
  const at = last.length - 5;
  last[at] = (last[at] ?? 0) ^ 1;
  return [...frames.slice(0, -1), last];
}

/** Faults within a stream that has already started with status 200. */
export const BROKEN_STREAMS: readonly Fault[] = [
  stream('truncated-stream', 'ends the stream cleanly after its first text', upToDelta),
  stream('no-message-stop', 'leaves messageStop out of the stream', without('messageStop')),
  stream('no-metadata', 'leaves metadata out of the stream', without('metadata')),
  stream('cut-in-frame', 'ends the stream in the middle of an event', cutAfterDelta(-8)),
  stream('cut-in-prelude', 'ends the stream in the first bytes of an event', cutAfterDelta(5)),
  stream('bad-checksum', 'damages a byte of an event', (answer) => [
    ...damageLast(upToDelta(answer)),
    ...readFrames(answer)
      .slice(upToDelta(answer).length)
      .map(({ bytes }) => bytes),
  ]),
  stream('exception-frame', 'ends the stream with the event throttlingException', (answer) => [
    ...upToDelta(answer),
    exceptionFrame('throttlingException', 'Too many requests, please wait before trying again.'),
  ]),
  stream('server-error-frame', 'ends the stream with the event internalServerException', (answer) => [
    ...upToDelta(answer),
    exceptionFrame('internalServerException', 'The system encountered an unexpected error.'),
  ]),
  stream('model-stream-error-frame', 'ends the stream with the event modelStreamErrorException', (answer) => [
    ...upToDelta(answer),
    exceptionFrame('modelStreamErrorException', 'The model failed while it streamed.'),
  ]),
  stream('unknown-event', 'adds an event that no client knows yet, which is harmless', (answer) => [
    ...upToDelta(answer),
    eventFrame('futureEvent', { future: true }),
    ...readFrames(answer)
      .slice(upToDelta(answer).length)
      .map(({ bytes }) => bytes),
  ]),
];
