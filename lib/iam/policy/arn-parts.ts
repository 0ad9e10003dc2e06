const COUNT = 6;

/** Splits an ARN into its six parts at its first five colons. Returns `undefined` for text that is not an ARN. */
export function arnParts(text: string): readonly string[] | undefined {
  const parts = text.split(':');
  return parts.length < COUNT || parts[0] !== 'arn'
    ? undefined
    : [...parts.slice(0, COUNT - 1), parts.slice(COUNT - 1).join(':')];
}

/**
 * Splits a template or a glob into its six parts at its first five colons. A colon that a variable inserts later does
 * not separate parts.
 */
export function arnPatternParts<P>(pattern: readonly (string | P)[]): readonly (readonly (string | P)[])[] | undefined {
  const parts: (string | P)[][] = [];
  let part: (string | P)[] = [];
  for (const piece of pattern) {
    let rest = piece;
    while (typeof rest === 'string' && parts.length < COUNT - 1 && rest.includes(':')) {
      const colon = rest.indexOf(':');
      parts.push(colon === 0 ? part : [...part, rest.slice(0, colon)]);
      part = [];
      rest = rest.slice(colon + 1);
    }
    if (rest !== '') {
      part.push(rest);
    }
  }
  parts.push(part);
  const [prefix] = parts;
  return parts.length === COUNT && prefix?.length === 1 && prefix[0] === 'arn' ? parts : undefined;
}
