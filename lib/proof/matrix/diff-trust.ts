import { type AccessChange, sides } from './diff-change';
import { covers } from './trust-line';

type TrustChange = Extract<AccessChange, { readonly kind: 'trust' }>;

/**
 * Lists the differences between the lines that say who can assume a role. A line that gains a condition or loses a value of
 * one is narrower, and the opposite is broader. Any other two lines count as unrelated.
 */
export function trustChanges(
  principal: string,
  before: readonly string[],
  after: readonly string[],
): readonly TrustChange[] {
  const removed = without(before, after);
  const added = without(after, before);
  const change = (width: TrustChange['width'], b: string | undefined, a: string | undefined): TrustChange => ({
    kind: 'trust',
    principal,
    width,
    ...sides(b, a),
  });
  const paired = removed.flatMap((b) => added.filter((a) => covers(a, b) || covers(b, a)).map((a) => [b, a] as const));
  const unpaired = (lines: readonly string[]): readonly string[] => without(lines, paired.flat());
  return [
    ...unpaired(added).map((a) => change(before.some((b) => covers(b, a)) ? 'same' : 'broader', undefined, a)),
    ...paired.map(([b, a]) => change(covers(a, b) ? 'broader' : 'narrower', b, a)),
    ...unpaired(removed).map((b) => change(after.some((a) => covers(a, b)) ? 'same' : 'narrower', b, undefined)),
  ];
}

const without = (lines: readonly string[], others: readonly string[]): readonly string[] =>
  [...new Set(lines)].filter((line) => !others.includes(line)).sort();
