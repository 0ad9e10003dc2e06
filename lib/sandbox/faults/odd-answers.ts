import { eventFrame } from '../converse/event-frame';
import type { Reply } from '../transport/reply';
import type { Fault } from './fault';
import { framesOf, payloadOf, upToDelta } from './frames';

/** However long an answer is, a vector of a thousand numbers too, it takes a fraction of a second. */
const SLOW = { pieces: 100, milliseconds: 2 };

/** The first half of a body; of a stream, what comes up to its first text. */
function half(answer: Reply): readonly Uint8Array[] {
  const { body } = answer;
  return typeof body === 'string' ? [Buffer.from(body.slice(0, body.length / 2))] : upToDelta(answer);
}

type Json = Readonly<Record<string, unknown>>;

/** An answer with another `usage`, wherever its kind of answer counts tokens. */
function withUsage(answer: Reply, change: (counted: Json) => Json | undefined): Reply {
  const changed = (from: Json): Json => {
    const { usage, inputTextTokenCount, ...rest } = from;
    return {
      ...rest,
      ...(usage !== undefined && { usage: change(usage as Json) }),
      ...(inputTextTokenCount !== undefined && change({ inputTextTokenCount })),
    };
  };
  if (typeof answer.body !== 'string') {
    const body = framesOf(answer).map((frame) =>
      frame.type === 'metadata' ? eventFrame('metadata', changed(payloadOf(frame))) : frame.bytes,
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

/** Another fault may have cut it. */
function json(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const negative = (counted: Json): Json =>
  Object.fromEntries(
    Object.entries(counted).map(([name, value]) => [name, typeof value === 'number' ? -value : value]),
  );

/** Connections that break, and answers of status 200 that are not what they should be. */
export const ODD_ANSWERS: readonly Fault[] = [
  {
    name: 'reset',
    does: 'resets the connection before anything is answered',
    instead: true,
    play: (answer) => ({ ...answer, delivery: { headers: false, ends: 'reset' } }),
  },
  {
    name: 'close',
    does: 'closes the connection before anything is answered',
    instead: true,
    play: (answer) => ({ ...answer, delivery: { headers: false, ends: 'closed' } }),
  },
  {
    name: 'stall',
    does: 'sends the headers, and then nothing more',
    play: (answer) => ({ ...answer, body: [], delivery: { ...answer.delivery, ends: 'silent' } }),
  },
  {
    name: 'stall-after-delta',
    does: 'falls silent after the first text of a stream, or half of a body',
    play: (answer) => ({ ...answer, body: half(answer), delivery: { ...answer.delivery, ends: 'silent' } }),
  },
  {
    name: 'reset-after-delta',
    does: 'resets the connection after the first text of a stream, or half of a body',
    play: (answer) => ({ ...answer, body: half(answer), delivery: { ...answer.delivery, ends: 'reset' } }),
  },
  {
    name: 'slow-stream',
    does: 'sends a few bytes at a time, which is slow and does no harm',
    play: (answer) => {
      const { body } = answer;
      const length = typeof body === 'string' ? body.length : Buffer.concat(body).length;
      const pace = { bytes: Math.ceil((length + 1) / SLOW.pieces), milliseconds: SLOW.milliseconds };
      return { ...answer, delivery: { ...answer.delivery, pace } };
    },
  },
  {
    name: 'empty-body',
    does: 'answers 200 with an empty body',
    play: (answer) => ({ ...answer, body: typeof answer.body === 'string' ? '' : [] }),
  },
  {
    name: 'cut-body',
    does: 'answers 200 with half of the JSON',
    on: ['Converse', 'InvokeModel'],
    play: (answer) => ({ ...answer, body: Buffer.concat(half(answer)).toString('utf8') }),
  },
  {
    name: 'html-200',
    does: 'answers 200 with a page of HTML, as a proxy does',
    instead: true,
    play: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>Sign in</body></html>' }),
  },
  {
    name: 'wrong-content-type',
    does: 'calls the answer text/plain, which does no harm',
    play: (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/plain' } }),
  },
  {
    name: 'wrong-usage',
    does: 'counts fewer than no tokens',
    play: (answer) => withUsage(answer, negative),
  },
  {
    name: 'no-usage',
    does: 'counts no tokens at all',
    play: (answer) => withUsage(answer, () => undefined),
  },
];
