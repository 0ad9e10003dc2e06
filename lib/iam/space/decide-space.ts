import type { RequestSpace } from './request-space';

/** The decision of all layers together; `undecided` if it depends on a condition or resource that cannot be decided. */
export type SpaceDecision = 'allowed' | 'denied' | 'undecided';

/**
 * Returns a function that decides requests by their classes. `decide(classes, at)` reads one class number for each
 * dimension, in order, from index `at`.
 *
 * A deny in any layer denies; otherwise every layer must allow. The function compares bits and matches no patterns.
 */
export function spaceDecider(space: RequestSpace): (classes: ArrayLike<number>, at?: number) => SpaceDecision {
  const { dimensions, layers } = space;
  const words = layers[0]?.allow.length ?? 1;
  const certainTables = dimensions.map((d) => flat(d.classes.map((c) => c.certain)));
  const possibleTables = dimensions.map((d) => flat(d.classes.map((c) => c.possible)));
  const certain = new Uint32Array(words);
  const possible = space.undecided.size === 0 ? certain : new Uint32Array(words);
  const gather = (tables: readonly Uint32Array[], mask: Uint32Array, classes: ArrayLike<number>, at: number): void => {
    for (let w = 0; w < words; w += 1) {
      let bits = 0xffffffff;
      for (let d = 0; d < tables.length; d += 1) {
        bits &= (tables[d] as Uint32Array)[(classes[at + d] as number) * words + w] as number;
      }
      mask[w] = bits;
    }
  };
  return (classes, at = 0) => {
    gather(certainTables, certain, classes, at);
    if (possible !== certain) {
      gather(possibleTables, possible, classes, at);
    }
    return decideLayers(layers, certain, possible);
  };
}

/** Concatenates masks into one array. */
function flat(masks: readonly Uint32Array[]): Uint32Array {
  const [first = new Uint32Array(1)] = masks;
  const all = new Uint32Array(masks.length * first.length);
  for (const [i, mask] of masks.entries()) {
    all.set(mask, i * first.length);
  }
  return all;
}

/** Decides a request that matches the statements in `certain`, and that may also match the others in `possible`. */
export function decideLayers(
  layers: RequestSpace['layers'],
  certain: Uint32Array,
  possible: Uint32Array,
): SpaceDecision {
  let isUndecided = false;
  for (const { allow, deny } of layers) {
    let allowed = 0;
    let mayBeAllowed = 0;
    let denied = 0;
    let mayBeDenied = 0;
    for (let w = 0; w < allow.length; w += 1) {
      const a = allow[w] as number;
      const d = deny[w] as number;
      const c = certain[w] as number;
      const p = possible[w] as number;
      allowed |= c & a;
      mayBeAllowed |= p & a;
      denied |= c & d;
      mayBeDenied |= p & d;
    }
    if (denied !== 0 || mayBeAllowed === 0) {
      return 'denied';
    }
    isUndecided ||= allowed === 0 || mayBeDenied !== 0;
  }
  return isUndecided ? 'undecided' : 'allowed';
}

/**
 * Visits every class of requests: one class number for each dimension, and the statements that match it.
 *
 * The three arguments of `visit` are overwritten for the next class.
 */
export function visitEveryClass(
  { dimensions, layers }: RequestSpace,
  visit: (indices: readonly number[], certain: Uint32Array, possible: Uint32Array) => void,
): void {
  const words = layers[0]?.allow.length ?? 1;
  const indices = dimensions.map(() => 0);
  const everything = new Uint32Array(words).fill(0xffffffff);
  const descend = dimensions.reduceRight<(certain: Uint32Array, possible: Uint32Array) => void>(
    (inner, { classes }, depth) => {
      const nextCertain = new Uint32Array(words);
      const nextPossible = new Uint32Array(words);
      return (certain, possible) => {
        for (const [i, c] of classes.entries()) {
          indices[depth] = i;
          for (let w = 0; w < words; w += 1) {
            nextCertain[w] = (certain[w] ?? 0) & (c.certain[w] ?? 0);
            nextPossible[w] = (possible[w] ?? 0) & (c.possible[w] ?? 0);
          }
          inner(nextCertain, nextPossible);
        }
      };
    },
    (certain, possible) => visit(indices, certain, possible),
  );
  descend(everything, everything);
}

/** Returns true when the mask contains the statement with this number. */
export function hasBit(mask: Uint32Array, bit: number): boolean {
  return ((mask[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
}
