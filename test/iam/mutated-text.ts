import type { Random } from './random';

const MARKS = [...':/*?.-$', 'a', 'Z', '0', '\u{1f600}'];

/** Returns a text that resembles `text`: it differs by at most three random edits, some of which copy from `others`. */
export function mutatedText(text: string, others: readonly string[], random: Random): string {
  let mutated = text;
  for (let edits = random.below(4); edits > 0; edits -= 1) {
    mutated = edit([...mutated], [...random.one(others)], random);
  }
  return mutated;
}

function edit(text: readonly string[], other: readonly string[], random: Random): string {
  const at = random.below(text.length + 1);
  const front = text.slice(0, at).join('');
  const back = (skip: number): string => text.slice(at + skip).join('');
  switch (random.below(6)) {
    case 0:
      return front + back(1);
    case 1:
      return front + random.one(MARKS) + back(0);
    case 2:
      return front + random.one(MARKS) + back(1);
    case 3:
      return front + swapCase(text[at] ?? '') + back(1);
    case 4:
      return front + other.slice(random.below(other.length + 1)).join('');
    default:
      return withPart(text.join(''), other.join(''), random.below(6));
  }
}

/** Replaces one part of an ARN by the same part of another ARN. */
function withPart(text: string, other: string, index: number): string {
  const part = other.split(':')[index] ?? '';
  return text
    .split(':')
    .map((own, i) => (i === index ? part : own))
    .join(':');
}

function swapCase(character: string): string {
  return character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase();
}
