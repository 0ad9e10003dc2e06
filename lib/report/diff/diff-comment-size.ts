import { counted } from '../format/counted';

/** GitHub takes 65,536 characters in a comment; what a workflow adds to it has to fit as well. */
const MOST_CHARACTERS = 60_000;

/** Rows under a head that is shown where one of them is. */
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
  /** How to see what does not fit. */
  readonly seeAll: string;
}

/** Room for `and N more rows` or `and N more environments`, and the line breaks around it. */
const NOTE = 40;

/**
 * A comment of at most so many characters. Rows that do not fit are counted and never cut; headings come before rows, so
 * that every environment has its verdict as long as there is room.
 */
export function fitComment({ before, parts, rest, after, seeAll }: Comment, most = MOST_CHARACTERS): string {
  let room = most - size([...before, ...after, '', `What did not fit: ${seeAll}.`]) - 2 * NOTE;
  const shown: CommentPart[] = [];
  for (const part of parts) {
    const cost = size(['', part.heading]) + NOTE;
    if (cost > room) {
      break;
    }
    shown.push(part);
    room -= cost;
  }
  const fill = (blocks: readonly CommentBlock[]): Filled => {
    const lines: string[] = [];
    let left = 0;
    for (const { head, rows } of blocks) {
      let unseen = head;
      for (const row of rows) {
        const cost = size([...unseen, row]);
        if (cost > room) {
          left += 1;
        } else {
          lines.push(...unseen, row);
          room -= cost;
          unseen = [];
        }
      }
    }
    return { lines: [...lines, ...moreLines(left, 'row')], left };
  };
  const filled = shown.map(({ heading, blocks }) => ({ heading, ...fill(blocks) }));
  const last = fill([rest]);
  const missing = parts.length - shown.length;
  const left = filled.reduce((sum, part) => sum + part.left, missing + last.left);
  return [
    ...before,
    ...filled.flatMap(({ heading, lines }) => ['', heading, ...lines]),
    ...moreLines(missing, 'environment'),
    ...last.lines,
    ...(left === 0 ? [] : ['', `What did not fit: ${seeAll}.`]),
    ...after,
  ].join('\n');
}

interface Filled {
  readonly lines: readonly string[];
  readonly left: number;
}

function moreLines(count: number, what: string): readonly string[] {
  return count === 0 ? [] : ['', `and ${counted(count, `more ${what}`)}`];
}

function size(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
