/** A line of a matrix that says who can assume a role, taken apart. */
interface TrustLine {
  readonly who: string;
  /** Values of each condition, by key and operator. */
  readonly conditions: ReadonlyMap<string, readonly string[]>;
}

/** Operators with which a further value lets further callers pass. */
const ANY_OF = /^(ForAllValues:|ForAnyValue:)?(String|Arn)(Equals|EqualsIgnoreCase|Like)$/;

/**
 * True when the line `wide` surely allows everything that the line `narrow` allows: the same caller, with no condition that
 * `narrow` does not have, and with at least its values.
 */
export function covers(wide: string, narrow: string): boolean {
  if (!wide.includes(' where ')) {
    return narrow.startsWith(`${wide} where `);
  }
  const [w, n] = [parse(wide), parse(narrow)];
  return w === undefined || n === undefined || w.who !== n.who
    ? false
    : [...w.conditions].every(([test, values]) => includesAll(test, values, n.conditions.get(test) ?? []));
}

function includesAll(test: string, values: readonly string[], others: readonly string[]): boolean {
  const operator = test.split(' ').at(-1) ?? '';
  return (
    others.length > 0 &&
    others.every((value) => values.includes(value)) &&
    (ANY_OF.test(operator) || values.length === others.length)
  );
}

/**
 * Takes a line apart, or returns `undefined` for a line of another form. `assumableBy` quotes every text that contains a
 * space, so `and` and `or` are no part of one.
 */
function parse(line: string): TrustLine | undefined {
  const words: readonly string[] = line.match(/"(?:[^"\\]|\\.)*"|[^ ]+/g) ?? [];
  const where = words.indexOf('where');
  const conditions = new Map<string, readonly string[]>();
  for (const condition of split(words.slice(where + 1), 'and')) {
    const [key, operator, ...rest] = condition;
    const values = split(rest, 'or');
    const test = `${key} ${operator}`;
    if (values.some((value) => value.length !== 1) || conditions.has(test)) {
      return undefined;
    }
    conditions.set(test, values.flat());
  }
  return where === -1 ? undefined : { who: words.slice(0, where).join(' '), conditions };
}

function split(words: readonly string[], separator: string): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (word === separator) {
      parts.push([]);
    } else {
      parts.at(-1)?.push(word);
    }
  }
  return parts;
}
