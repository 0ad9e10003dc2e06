/** A seeded source of random choices: the same seed gives the same case again. */
export interface Random {
  below(limit: number): number;
  chance(probability: number): boolean;
  one<T>(items: readonly T[]): T;
  some<T>(items: readonly T[], most: number): T[];
}

/** The mulberry32 generator; it stays within 32 bits, so nothing overflows into zeros. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const one = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  return {
    below,
    one,
    chance: (probability) => next() < probability,
    some: (items, most) => Array.from({ length: 1 + below(most) }, () => one(items)),
  };
}
