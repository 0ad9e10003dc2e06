import type { RequestSpace } from './request-space';

/** What all layers together say to the requests of a class; `undecided` where it hangs on what was not understood. */
export type SpaceDecision = 'allowed' | 'denied' | 'undecided';

/**
 * Decides requests by their classes: `decide(indices)` with one class number a dimension, in order.
 *
 * A deny anywhere denies, else every layer must allow. It compares bits and matches nothing.
 */
export function spaceDecider({ dimensions, layers }: RequestSpace): (indices: ArrayLike<number>) => SpaceDecision {
  const classes = dimensions.map((d) => d.classes);
  const words = layers[0]?.allow.length ?? 1;
  const certain = new Uint32Array(words);
  const possible = new Uint32Array(words);
  return (indices) => {
    for (let w = 0; w < words; w += 1) {
      let c = 0xffffffff;
      let p = 0xffffffff;
      for (let d = 0; d < classes.length; d += 1) {
        const found = classes[d]?.[indices[d] ?? 0];
        c &= found?.certain[w] ?? 0;
        p &= found?.possible[w] ?? 0;
      }
      certain[w] = c;
      possible[w] = p;
    }
    return decideLayers(layers, certain, possible);
  };
}

/** Decides what matches the statements of `certain` for sure and, it may be, those of `possible` besides. */
export function decideLayers(
  layers: RequestSpace['layers'],
  certain: Uint32Array,
  possible: Uint32Array,
): SpaceDecision {
  let open = false;
  for (const { allow, deny } of layers) {
    let allowed = 0;
    let mayBeAllowed = 0;
    let denied = 0;
    let mayBeDenied = 0;
    for (let w = 0; w < allow.length; w += 1) {
      const c = certain[w] ?? 0;
      const p = possible[w] ?? 0;
      allowed |= c & (allow[w] ?? 0);
      mayBeAllowed |= p & (allow[w] ?? 0);
      denied |= c & (deny[w] ?? 0);
      mayBeDenied |= p & (deny[w] ?? 0);
    }
    if (denied !== 0 || mayBeAllowed === 0) {
      return 'denied';
    }
    open ||= allowed === 0 || mayBeDenied !== 0;
  }
  return open ? 'undecided' : 'allowed';
}

/** Every class, as one number a dimension, and the statements that match it; all three are used again for the next. */
export function everyClass(
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

/** Whether a mask of statements has the one of this number. */
export function hasBit(mask: Uint32Array, bit: number): boolean {
  return ((mask[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
}
