/** `*` matches any number of characters, including none. */
export const ANY = Symbol('*');
/** `?` matches exactly one character. */
export const ONE = Symbol('?');

export type Wildcard = typeof ANY | typeof ONE;

/** A pattern whose wildcards are kept apart from its text, so that inserted text is never read as a wildcard. */
export type Glob = readonly (string | Wildcard)[];

/**
 * Returns true when the glob matches the whole text.
 *
 * After a mismatch only the last `*` is extended. An earlier `*` that takes less text leaves more to the last one, so
 * no match is lost, and the time is at most proportional to the product of both lengths.
 */
export function globMatches(glob: Glob, text: string): boolean {
  let at = 0;
  let position = 0;
  let retryAt = -1;
  let retryPosition = 0;
  while (at < glob.length || position < text.length) {
    const piece = glob[at];
    if (piece === ANY) {
      at += 1;
      retryAt = at;
      retryPosition = position;
      continue;
    }
    const next = after(piece, text, position);
    if (next !== undefined) {
      at += 1;
      position = next;
      continue;
    }
    const longer = after(ONE, text, retryPosition);
    if (retryAt < 0 || longer === undefined) {
      return false;
    }
    at = retryAt;
    retryPosition = longer;
    position = longer;
  }
  return true;
}

/**
 * Returns the position after the piece, or `undefined` if it does not match there. A surrogate pair is one character.
 */
function after(piece: string | typeof ONE | undefined, text: string, position: number): number | undefined {
  if (typeof piece === 'string') {
    return text.startsWith(piece, position) ? position + piece.length : undefined;
  }
  if (piece === undefined || position >= text.length) {
    return undefined;
  }
  return position + ((text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1);
}
