/** Control characters but tab and line breaks, bidirectional controls, and line separators: nobody sees them in an editor. */
const INVISIBLE = /[^\P{Cc}\t\n\r\u0085]|[\p{Bidi_Control}\u2028\u2029]/u;

/** Where the first invisible character stands, and which it is. */
export function findInvisible(text: string): { readonly index: number; readonly character: string } | undefined {
  const match = INVISIBLE.exec(text);
  return match === null ? undefined : { index: match.index, character: match[0] };
}

/** The text with every invisible character, tab and line break shown as `\ufffd`, so that it stays on one line of a terminal. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '\ufffd');
}
