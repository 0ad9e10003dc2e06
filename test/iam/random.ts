/** A seeded source of random choices. The same seed gives the same choices again. */
export interface Random {
  below(limit: number): number;
  chance(probability: number): boolean;
  one<T>(items: readonly T[]): T;
  some<T>(items: readonly T[], max: number): T[];
}

/** The mulberry32 generator. Its state stays within 32 bits, so that no multiplication loses low bits. */
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
    some: (items, max) => Array.from({ length: 1 + below(max) }, () => one(items)),
  };
}
