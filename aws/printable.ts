/** Control characters, text-direction marks, line separators and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu;

/** Replaces characters that would change how a terminal or a log shows a text. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '\ufffd');
}
