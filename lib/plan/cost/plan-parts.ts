type Part = Readonly<Record<string, unknown>>;

/**
 * Every object anywhere in a plan that has all of these keys, each once: what a plan holds of a kind can be counted without
 * knowing where it keeps it.
 */
export function planParts(plan: object, ...keys: readonly string[]): readonly Part[] {
  const seen = new Set<object>();
  const found: Part[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) {
      return;
    }
    seen.add(value);
    if (keys.every((key) => Object.hasOwn(value, key))) {
      found.push(value as Part);
    }
    Object.values(value).forEach(look);
  };
  look(plan);
  return found;
}
