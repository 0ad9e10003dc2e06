const MAX_LENGTH = 60;

/**
 * Formats text of the file for a message: on one line, with invisible characters escaped, and cut after 60 characters.
 */
export function readable(text: string): string {
  const short = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
  return short.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0]/gu,
    (c) => `\\u{${c.codePointAt(0)?.toString(16).padStart(4, '0')}}`,
  );
}

export function quoted(text: string): string {
  return `'${readable(text)}'`;
}

/** Points out a letter that looks like one of a to z but is another character. */
export function lookAlike(text: string): string {
  const letter = /(?=\P{ASCII})\p{L}/u.exec(text)?.[0];
  return letter === undefined
    ? ''
    : ` (its '${letter}' is U+${letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}, not one of the letters a to z)`;
}

/** Lists the first ten values for a message, and the number of the others. */
export function listed(values: readonly string[]): string {
  return [...values.slice(0, 10).map(readable), ...(values.length > 10 ? [`and ${values.length - 10} more`] : [])].join(
    ', ',
  );
}
