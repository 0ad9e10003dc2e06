/** True or false for a match that is decided, otherwise the reasons why it cannot be decided. */
export type Match = boolean | readonly string[];

/**
 * Returns false if one item does not match, even if others are undecided; otherwise undecided if one is; otherwise
 * true.
 */
export function allOf<T>(items: readonly T[], match: (item: T) => Match): Match {
  const reasons: string[] = [];
  for (const item of items) {
    const result = match(item);
    if (result === false) {
      return false;
    }
    for (const reason of result === true ? [] : result) {
      reasons.push(reason);
    }
  }
  return reasons.length === 0 || reasons;
}

/** Returns true if one item matches, even if others are undecided; otherwise undecided if one is; otherwise false. */
export function anyOf<T>(items: readonly T[], match: (item: T) => Match): Match {
  return not(allOf(items, (item) => not(match(item))));
}

/** Returns undecided if one item is undecided, even if others match; otherwise true if one matches. */
export function anyOfDecided<T>(items: readonly T[], match: (item: T) => Match): Match {
  const results = items.map(match);
  const reasons = results.flatMap((result) => (typeof result === 'boolean' ? [] : result));
  return reasons.length === 0 ? results.includes(true) : reasons;
}

export function not(match: Match): Match {
  return typeof match === 'boolean' ? !match : match;
}
