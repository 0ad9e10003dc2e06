import { type AccessChange, sides } from './diff-change';

type TrustChange = Extract<AccessChange, { readonly kind: 'trust' }>;

/**
 * The lines of who can become a role that are not the same.
 *
 * A matrix holds words and no policies: a line that gets its first condition is narrower, one that loses its last is
 * broader, and of any other two lines neither is taken to have the other in it.
 */
export function trustChanges(
  principal: string,
  before: readonly string[],
  after: readonly string[],
): readonly TrustChange[] {
  const gone = without(before, after);
  const come = without(after, before);
  const change = (width: TrustChange['width'], b: string | undefined, a: string | undefined): TrustChange => ({
    kind: 'trust',
    principal,
    width,
    ...sides(b, a),
  });
  const paired = gone.flatMap((b) => come.filter((a) => covers(a, b) || covers(b, a)).map((a) => [b, a] as const));
  const alone = (lines: readonly string[]): readonly string[] => without(lines, paired.flat());
  return [
    ...alone(come).map((a) => change(before.some((b) => covers(b, a)) ? 'same' : 'broader', undefined, a)),
    ...paired.map(([b, a]) => change(covers(a, b) ? 'broader' : 'narrower', b, a)),
    ...alone(gone).map((b) => change(after.some((a) => covers(a, b)) ? 'same' : 'narrower', b, undefined)),
  ];
}

const without = (lines: readonly string[], others: readonly string[]): readonly string[] =>
  [...new Set(lines)].filter((line) => !others.includes(line)).sort();

/** Whether everybody of `narrow` is one of `wide`, which has no condition. */
function covers(wide: string, narrow: string): boolean {
  return !wide.includes(' where ') && narrow.startsWith(`${wide} where `);
}
