const MOST = 60;

/** Text of the file as a message shows it: on one line, what is invisible written out, cut where it is long. */
export function readable(text: string): string {
  const short = text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
  return short.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0]/gu,
    (c) => `\\u{${c.codePointAt(0)?.toString(16).padStart(4, '0')}}`,
  );
}

export function quoted(text: string): string {
  return `'${readable(text)}'`;
}

/** Says which letter of a name only looks like one of a to z, since no eye can. */
export function lookAlike(text: string): string {
  const letter = /(?=\P{ASCII})\p{L}/u.exec(text)?.[0];
  return letter === undefined
    ? ''
    : ` ('${letter}' in it is U+${letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}, not a letter of a to z)`;
}

/** Values as a message lists them: the first ten. */
export function listed(values: readonly string[]): string {
  return [...values.slice(0, 10).map(readable), ...(values.length > 10 ? [`and ${values.length - 10} more`] : [])].join(
    ', ',
  );
}
