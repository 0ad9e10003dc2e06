/**
 * Characters that an editor does not show: control characters (except tab and line breaks), bidirectional controls, and
 * line separators.
 */
const INVISIBLE = /[^\P{Cc}\t\n\r\u0085]|[\p{Bidi_Control}\u2028\u2029]/u;

/** Finds the first invisible character and its index. */
export function findInvisible(text: string): { readonly index: number; readonly character: string } | undefined {
  const match = INVISIBLE.exec(text);
  return match === null ? undefined : { index: match.index, character: match[0] };
}

/**
 * Replaces invisible characters, tabs and line breaks by `\ufffd`, so that the text stays on one line of a terminal.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '\ufffd');
}
