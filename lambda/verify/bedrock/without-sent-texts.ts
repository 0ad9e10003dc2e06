import { type SentTexts, sentTexts } from './sent-texts';

/** Maximum length of a message that is searched. No report shows as much. */
const MAX_MESSAGE = 8_000;

/** Maximum length of a sent text that is searched for. */
const MAX_TEXT = 100_000;

/** Minimum number of letters and digits in two or more sent words in a row. `with the` is in many messages of AWS. */
const MIN_WORDS = 8;

/** Minimum number of letters and digits in a piece that begins or ends within a word: of a text, and of a name. */
const MIN_PIECE = { text: 16, name: 8 };

const QUOTE = /["'`]/;

const REMOVED = '[…]';

/**
 * Does `work`, which sends `request`. Message and name of an error that it throws no longer contain what was sent.
 *
 * A service may quote a request that it refuses. Results are logged, answered to CloudFormation and pasted into
 * tickets, where prompts must not appear.
 */
export async function withoutSentTexts<T>(request: unknown, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) {
      const sent = sentTexts(request);
      error.message = removeSentTexts(error.message, sent);
      if (removeSentTexts(error.name, sent).includes(REMOVED)) {
        error.name = 'UnknownError';
      }
    }
    throw error;
  }
}

/**
 * Replaces every piece of the sent texts in a message. It finds them in any case, with escapes of JSON, HTML and URLs,
 * and with other punctuation between the letters.
 */
function removeSentTexts(message: string, { texts, names }: SentTexts): string {
  const readable = decoded(message.slice(0, MAX_MESSAGE));
  // The words of an IAM denial name the resource, which may be a guardrail. Its id is needed to mend the denial.
  const sentNames = /is not authorized to perform: /.test(readable)
    ? names.filter((n) => !/^[a-z0-9]{1,64}$/.test(n))
    : names;
  const removed = new Set<number>();
  const mark = (from: number, until: number): void => {
    for (let i = from; i < until; i++) {
      removed.add(i);
    }
  };
  const words = wordsOf(readable);
  markRuns(words, texts, mark);
  markNames(words, sentNames, mark);
  // A prompt of one or two words, such as `Again.`, may also be AWS's own word, unless it is quoted.
  const isQuoted = (from: number, until: number): boolean =>
    QUOTE.test(readable[from - 1] ?? '') || /^[.!?]?["'`]/.test(readable.slice(until));
  markNames(
    words,
    texts.filter((text) => wordsOf(text).length <= 2),
    (from, until) => (isQuoted(from, until) ? mark(from, until) : undefined),
  );
  markPieces(readable, texts, MIN_PIECE.text, mark);
  markPieces(readable, sentNames, MIN_PIECE.name, mark);
  return removed.size === 0 ? readable : withoutMarked(readable, removed);
}

interface Word {
  readonly word: string;
  readonly from: number;
  readonly until: number;
}

function wordsOf(text: string): readonly Word[] {
  return [...text.slice(0, MAX_TEXT).matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    word: match[0].toLowerCase(),
    from: match.index,
    until: match.index + match[0].length,
  }));
}

type Mark = (from: number, until: number) => void;

/** Marks words in a row that also follow each other in a sent text. */
function markRuns(words: readonly Word[], texts: readonly string[], mark: Mark): void {
  const pairs = new Set(
    texts.flatMap((text) => {
      const sent = wordsOf(text);
      return sent.slice(1).map(({ word }, i) => `${sent[i]?.word} ${word}`);
    }),
  );
  for (let start = 0; start < words.length; ) {
    let end = start;
    while (pairs.has(`${words[end]?.word} ${words[end + 1]?.word}`)) {
      end += 1;
    }
    const run = words.slice(start, end + 1);
    const [first, last] = [run[0], run.at(-1)];
    if (first !== undefined && last !== undefined && run.length > 1 && lengthOf(run) >= MIN_WORDS) {
      mark(first.from, last.until);
    }
    start = end + 1;
  }
}

function lengthOf(words: readonly Word[]): number {
  return words.reduce((sum, { word }) => sum + word.length, 0);
}

/** Marks whole names, whatever their length is. */
function markNames(words: readonly Word[], names: readonly string[], mark: Mark): void {
  for (const name of names) {
    const sent = wordsOf(name);
    for (let i = 0; sent.length > 0 && i + sent.length <= words.length; i++) {
      const [first, last] = [words[i], words[i + sent.length - 1]];
      if (first !== undefined && last !== undefined && sent.every(({ word }, n) => words[i + n]?.word === word)) {
        mark(first.from, last.until);
      }
    }
  }
}

/** Marks pieces of at least `length` letters and digits, whatever stands between them. */
function markPieces(message: string, texts: readonly string[], length: number, mark: Mark): void {
  const squashed = squash(message);
  if (squashed.length < length) {
    return;
  }
  const windows = new Set<string>();
  for (let i = 0; i + length <= squashed.length; i++) {
    windows.add(lettersOf(squashed.slice(i, i + length)));
  }
  const found = new Set<string>();
  for (const text of texts) {
    const sent = lettersOf(squash(text.slice(0, MAX_TEXT)));
    for (let i = 0; i + length <= sent.length; i++) {
      const piece = sent.slice(i, i + length);
      if (windows.has(piece)) {
        found.add(piece);
      }
    }
  }
  for (let i = 0; found.size > 0 && i + length <= squashed.length; i++) {
    const piece = squashed.slice(i, i + length);
    if (found.has(lettersOf(piece))) {
      mark(piece[0]?.at ?? 0, (piece.at(-1)?.at ?? 0) + 1);
    }
  }
}

interface Letter {
  readonly letter: string;
  readonly at: number;
}

/** Lists the letters and digits of a text in lower case, with their places. */
function squash(text: string): readonly Letter[] {
  return [...text.matchAll(/[\p{L}\p{N}]/gu)].map((match) => ({ letter: match[0].toLowerCase(), at: match.index }));
}

function lettersOf(letters: readonly Letter[]): string {
  return letters.map(({ letter }) => letter).join('');
}

function withoutMarked(text: string, removed: ReadonlySet<number>): string {
  let rest = '';
  for (let i = 0; i < text.length; i++) {
    if (!removed.has(i)) {
      rest += text[i];
    } else if (!removed.has(i - 1)) {
      rest += REMOVED;
    }
  }
  return rest.replace(/(\[…\])(?:[\s\p{P}]*\[…\])+/gu, '$1');
}

/** Number of times that a text is decoded: a message may quote a body that quotes another one. */
const DECODINGS = 3;

/** Resolves escapes of JSON, HTML and URLs, and replaces letters by their usual forms, so that the text can be compared. */
function decoded(text: string): string {
  let plain = text;
  for (let i = 0; i < DECODINGS && /[\\&%]/.test(plain); i++) {
    plain = plain
      .replace(/\\+u\{?([0-9a-f]{4,6})\}?/gi, (whole, hex: string) => fromCode(Number.parseInt(hex, 16), whole))
      .replace(/\\+x([0-9a-f]{2})/gi, (whole, hex: string) => fromCode(Number.parseInt(hex, 16), whole))
      .replace(/\\+[nrtbf]/g, ' ')
      .replace(/\\+(["'\\/])/g, '$1')
      .replace(/&#x([0-9a-f]{1,6});/gi, (whole, hex: string) => fromCode(Number.parseInt(hex, 16), whole))
      .replace(/&#(\d{1,7});/g, (whole, code: string) => fromCode(Number(code), whole))
      .replace(/&(quot|apos|amp|lt|gt|nbsp);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name])
      .replace(/%([0-9a-f]{2})/gi, (whole, hex: string) => fromCode(Number.parseInt(hex, 16), whole));
  }
  return plain.normalize('NFKC').replace(/\p{Cf}/gu, '');
}

const ENTITIES = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>', nbsp: ' ' } as const;

function fromCode(code: number, otherwise: string): string {
  return code <= 0x10_ffff ? String.fromCodePoint(code) : otherwise;
}
