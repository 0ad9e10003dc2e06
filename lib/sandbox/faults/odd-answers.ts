import { eventFrame } from '../converse/event-frame';
import type { Reply } from '../transport/reply';
import type { Fault } from './fault';
import { readFrames, readPayload, upToDelta } from './frames';

/** Every answer is sent in 100 pieces, so that even a vector of a thousand numbers takes a fraction of a second. */
const SLOW = { pieces: 100, milliseconds: 2 };

/** Returns the first half of a body, or the frames of a stream up to its first text. */
function half(answer: Reply): readonly Uint8Array[] {
  const { body } = answer;
  return typeof body === 'string' ? [Buffer.from(body.slice(0, body.length / 2))] : upToDelta(answer);
}

type Json = Readonly<Record<string, unknown>>;

/** Changes the token counts of an answer, in `usage`, `inputTextTokenCount` and the response header. */
function withUsage(answer: Reply, change: (usage: Json) => Json | undefined): Reply {
  const changed = (from: Json): Json => {
    const { usage, inputTextTokenCount, ...rest } = from;
    return {
      ...rest,
      ...(usage !== undefined && { usage: change(usage as Json) }),
      ...(inputTextTokenCount !== undefined && change({ inputTextTokenCount })),
    };
  };
  if (typeof answer.body !== 'string') {
    const body = readFrames(answer).map((frame) =>
      frame.type === 'metadata' ? eventFrame('metadata', changed(readPayload(frame))) : frame.bytes,
    );
    return { ...answer, body };
  }
  const body = json(answer.body);
  if (body === undefined) {
    return answer;
  }
  const { 'x-amzn-bedrock-input-token-count': count, ...headers } = answer.headers;
  const counted = count === undefined ? undefined : change({ count: Number(count) })?.['count'];
  return {
    ...answer,
    headers: counted === undefined ? headers : { ...headers, 'x-amzn-bedrock-input-token-count': String(counted) },
    body: JSON.stringify(changed(body)),
  };
}

/** Parses a body. Returns `undefined` when another fault has truncated it. */
function json(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const negative = (usage: Json): Json =>
  Object.fromEntries(Object.entries(usage).map(([name, value]) => [name, typeof value === 'number' ? -value : value]));

/** Faults that break connections, or that damage answers of status 200. */
export const ODD_ANSWERS: readonly Fault[] = [
  {
    name: 'reset',
    does: 'resets the connection before any answer',
    replacesAnswer: true,
    change: (answer) => ({ ...answer, delivery: { headers: false, ends: 'reset' } }),
  },
  {
    name: 'close',
    does: 'closes the connection before any answer',
    replacesAnswer: true,
    change: (answer) => ({ ...answer, delivery: { headers: false, ends: 'closed' } }),
  },
  {
    name: 'stall',
    does: 'sends the headers and nothing more',
    change: (answer) => ({ ...answer, body: [], delivery: { ...answer.delivery, ends: 'silent' } }),
  },
  {
    name: 'stall-after-delta',
    does: 'falls silent after the first text of a stream, or half of a body',
    change: (answer) => ({ ...answer, body: half(answer), delivery: { ...answer.delivery, ends: 'silent' } }),
  },
  {
    name: 'reset-after-delta',
    does: 'resets the connection after the first text of a stream, or half of a body',
    change: (answer) => ({ ...answer, body: half(answer), delivery: { ...answer.delivery, ends: 'reset' } }),
  },
  {
    name: 'slow-stream',
    does: 'sends a few bytes at a time, which is slow but harmless',
    change: (answer) => {
      const { body } = answer;
      const length = typeof body === 'string' ? body.length : Buffer.concat(body).length;
      const pace = { bytes: Math.ceil((length + 1) / SLOW.pieces), milliseconds: SLOW.milliseconds };
      return { ...answer, delivery: { ...answer.delivery, pace } };
    },
  },
  {
    name: 'empty-body',
    does: 'answers 200 with an empty body',
    change: (answer) => ({ ...answer, body: typeof answer.body === 'string' ? '' : [] }),
  },
  {
    name: 'cut-body',
    does: 'answers 200 with half of the JSON',
    operations: ['Converse', 'InvokeModel'],
    change: (answer) => ({ ...answer, body: Buffer.concat(half(answer)).toString('utf8') }),
  },
  {
    name: 'html-200',
    does: 'answers 200 with a page of HTML, as a proxy does',
    replacesAnswer: true,
    change: () => ({
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<html><body>Sign in</body></html>',
    }),
  },
  {
    name: 'wrong-content-type',
    does: 'sends the content type text/plain, which is harmless',
    change: (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/plain' } }),
  },
  {
    name: 'wrong-usage',
    does: 'reports negative token counts',
    change: (answer) => withUsage(answer, negative),
  },
  {
    name: 'no-usage',
    does: 'leaves out the token counts',
    change: (answer) => withUsage(answer, () => undefined),
  },
];
