import { boundedText } from '../bounded-text';
import { property } from '../property';

/** A thrown value, reduced to the parts that are judged and reported. */
export interface ReadError {
  readonly name: string;
  readonly status?: number;
  /** The message as it is reported: short, and without credentials. */
  readonly message: string;
  /** The message at greater length. Its last words name the kind of policy that denied the call. */
  readonly fullMessage: string;
  /** Code of a Node.js network error, such as `ECONNRESET`. */
  readonly code?: string;
  readonly requestId?: string;
  /** Wait that the service asks for in its `Retry-After` header, if the header gives seconds. */
  readonly retryAfterMilliseconds?: number;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Returns the code of an error, or of the first of its causes that has one. */
function networkCode(error: unknown, depth = 0): string | undefined {
  return error === undefined || depth > 5
    ? undefined
    : (text(property(error, 'code')) ?? networkCode(property(error, 'cause'), depth + 1));
}

function retryAfter(error: unknown): number | undefined {
  const seconds = property(property(property(error, '$response'), 'headers'), 'retry-after');
  return typeof seconds === 'string' && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1_000 : undefined;
}

/** Maximum length of the service's own words in a result. */
const SHOWN_CHARACTERS = 200;

/**
 * Returns the parts of an error that a result shows. The words of an IAM denial stay whole: the last ones name the policy.
 */
export function shownError({ name, status, message }: ReadError) {
  const isDenial = /is not authorized to perform: /.test(message);
  const shown = isDenial ? message : boundedText(message, SHOWN_CHARACTERS);
  return { name, ...(status !== undefined && { status }), message: shown };
}

/** Form of a request id. Anything else in the header is no id. */
const REQUEST_ID = /^[\w-]{1,100}$/;

/** Maximum length of the name of an error. Those of AWS have at most 50 characters. */
const NAME_CHARACTERS = 80;

/** Returns the name of an error. It comes from a header or a body, so what no name of AWS contains is replaced. */
function nameOf(error: unknown): string {
  return (text(property(error, 'name')) ?? 'Error').slice(0, NAME_CHARACTERS).replace(/[^\w.:-]+/g, '_');
}

/** Reads an error of the AWS SDK, of Node.js or any other thrown value. */
export function readError(error: unknown): ReadError {
  const metadata = property(error, '$metadata');
  const status = property(metadata, 'httpStatusCode');
  const requestId = text(property(metadata, 'requestId'));
  const code = networkCode(error);
  const retryAfterMilliseconds = retryAfter(error);
  const message = text(property(error, 'message')) ?? String(error);
  return {
    name: nameOf(error),
    message: boundedText(message),
    fullMessage: boundedText(message, 4_000),
    ...(typeof status === 'number' && { status }),
    ...(code !== undefined && { code }),
    ...(requestId !== undefined && REQUEST_ID.test(requestId) && { requestId }),
    ...(retryAfterMilliseconds !== undefined && { retryAfterMilliseconds }),
  };
}
