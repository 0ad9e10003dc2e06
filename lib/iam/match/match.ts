/** Whether something matches, or the reasons why that cannot be decided. */
export type Match = boolean | readonly string[];

/** False if one is false, whatever the others are; then undecided if one is undecided. */
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

/** True if one is true, whatever the others are; then undecided if one is undecided. */
export function anyOf<T>(items: readonly T[], match: (item: T) => Match): Match {
  return not(allOf(items, (item) => not(match(item))));
}

/** True if one is true, but undecided if one is undecided. */
export function anyOfDecided<T>(items: readonly T[], match: (item: T) => Match): Match {
  const results = items.map(match);
  const reasons = results.flatMap((result) => (typeof result === 'boolean' ? [] : result));
  return reasons.length === 0 ? results.includes(true) : reasons;
}

export function not(match: Match): Match {
  return typeof match === 'boolean' ? !match : match;
}
