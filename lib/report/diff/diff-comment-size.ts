import { counted } from '../format/counted';

/** GitHub accepts comments of 65,536 characters. The difference is room for text that a workflow adds. */
const MAX_CHARACTERS = 60_000;

/** Rows with a head, which is shown only if one of the rows is shown. */
export interface CommentBlock {
  readonly head: readonly string[];
  readonly rows: readonly string[];
}

export interface CommentPart {
  readonly heading: string;
  readonly blocks: readonly CommentBlock[];
}

interface Comment {
  readonly before: readonly string[];
  readonly parts: readonly CommentPart[];
  readonly rest: CommentBlock;
  readonly after: readonly string[];
  /** Tells the reader how to see the rows that do not fit. */
  readonly seeAll: string;
}

/** Characters reserved for `and N more rows` or `and N more environments` and the line breaks around it. */
const NOTE_CHARACTERS = 40;

/**
 * Builds a comment of at most `maxCharacters`. Rows that do not fit are counted, never cut. Headings take room before
 * rows do, so that as many environments as possible show their verdict.
 */
export function fitComment({ before, parts, rest, after, seeAll }: Comment, maxCharacters = MAX_CHARACTERS): string {
  let room = maxCharacters - size([...before, ...after, '', `Not everything fits: ${seeAll}.`]) - 2 * NOTE_CHARACTERS;
  const shown: CommentPart[] = [];
  for (const part of parts) {
    const cost = size(['', part.heading]) + NOTE_CHARACTERS;
    if (cost > room) {
      break;
    }
    shown.push(part);
    room -= cost;
  }
  const fill = (blocks: readonly CommentBlock[]): Filled => {
    const lines: string[] = [];
    let omitted = 0;
    for (const { head, rows } of blocks) {
      let pendingHead = head;
      for (const row of rows) {
        const cost = size([...pendingHead, row]);
        if (cost > room) {
          omitted += 1;
        } else {
          lines.push(...pendingHead, row);
          room -= cost;
          pendingHead = [];
        }
      }
    }
    return { lines: [...lines, ...moreLines(omitted, 'row')], omitted };
  };
  const filled = shown.map(({ heading, blocks }) => ({ heading, ...fill(blocks) }));
  const last = fill([rest]);
  const missing = parts.length - shown.length;
  const omitted = filled.reduce((sum, part) => sum + part.omitted, missing + last.omitted);
  return [
    ...before,
    ...filled.flatMap(({ heading, lines }) => ['', heading, ...lines]),
    ...moreLines(missing, 'environment'),
    ...last.lines,
    ...(omitted === 0 ? [] : ['', `Not everything fits: ${seeAll}.`]),
    ...after,
  ].join('\n');
}

interface Filled {
  readonly lines: readonly string[];
  readonly omitted: number;
}

function moreLines(count: number, noun: string): readonly string[] {
  return count === 0 ? [] : ['', `and ${counted(count, `more ${noun}`)}`];
}

function size(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
