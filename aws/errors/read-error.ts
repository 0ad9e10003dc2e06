import { boundedText } from '../bounded-text';
import { property } from '../property';

/** What was thrown, reduced to what can be judged and reported. */
export interface ReadError {
  readonly name: string;
  readonly status?: number;
  /** What may be reported of the message. */
  readonly message: string;
  /** The message, long enough to tell from its last words which policy refused. */
  readonly said: string;
  /** Code of a Node.js network error, such as `ECONNRESET`. */
  readonly code?: string;
  readonly requestId?: string;
  /** How long the service asks to be left alone: its header `Retry-After`, where that counts seconds. */
  readonly retryAfterMilliseconds?: number;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The code of an error or of the first of its causes that has one. */
function networkCode(error: unknown, depth = 0): string | undefined {
  return error === undefined || depth > 5
    ? undefined
    : (text(property(error, 'code')) ?? networkCode(property(error, 'cause'), depth + 1));
}

function retryAfter(error: unknown): number | undefined {
  const seconds = property(property(property(error, '$response'), 'headers'), 'retry-after');
  return typeof seconds === 'string' && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1_000 : undefined;
}

/** Of an error, what a result shows. */
export function shownError({ name, status, message }: ReadError) {
  return { name, ...(status !== undefined && { status }), message };
}

/** Reads an error of the AWS SDK, of Node.js, or whatever else was thrown. */
export function readError(error: unknown): ReadError {
  const metadata = property(error, '$metadata');
  const status = property(metadata, 'httpStatusCode');
  const requestId = text(property(metadata, 'requestId'));
  const code = networkCode(error);
  const retryAfterMilliseconds = retryAfter(error);
  const message = text(property(error, 'message')) ?? String(error);
  return {
    name: boundedText(text(property(error, 'name')) ?? 'Error'),
    message: boundedText(message),
    said: boundedText(message, 4_000),
    ...(typeof status === 'number' && { status }),
    ...(code !== undefined && { code }),
    ...(requestId !== undefined && { requestId: boundedText(requestId) }),
    ...(retryAfterMilliseconds !== undefined && { retryAfterMilliseconds }),
  };
}
