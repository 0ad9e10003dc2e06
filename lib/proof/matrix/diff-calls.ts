import { type Width, widthOf } from '../controls/width';
import type { MatrixCall } from './access-matrix';
import { type CallChange, sides } from './diff-change';

/** Elements that only the later list has, and elements that only the earlier list has. */
export interface Exchanged {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/**
 * Lists the calls of one principal that differ. A call is identified by its application, alias and model, so another
 * model under the same alias counts as one call lost and one gained.
 */
export function callChanges(
  principal: string,
  before: readonly MatrixCall[],
  after: readonly MatrixCall[],
): readonly CallChange[] {
  const keys = [...new Set([...before, ...after].map(key))].sort();
  return keys.flatMap((k) =>
    pairs(
      before.filter((c) => key(c) === k),
      after.filter((c) => key(c) === k),
    )
      .filter(([b, a]) => b === undefined || a === undefined || !sameCall(b, a) || !sameStatements(b, a))
      .map(([b, a]) => ({ kind: 'call', principal, width: callWidth(b, a), ...sides(b, a) }) as const),
  );
}

/** True when the call itself is unchanged and only the statements that allow it differ. */
export function differsInStatementsOnly({ before, after }: CallChange): boolean {
  return before !== undefined && after !== undefined && sameCall(before, after);
}

/** True when two calls are the same. The statements that allow them may differ. */
export function sameCall(a: MatrixCall, b: MatrixCall): boolean {
  return callText(a) === callText(b);
}

function callText({ application, alias, model, routing, regions, through, actions, guardrail }: MatrixCall): string {
  const lists = [regions, actions].map((list) => [...list].sort());
  return JSON.stringify([application, alias, model, routing, through, guardrail ?? null, lists]);
}

function sameStatements({ decidedBy: a }: MatrixCall, { decidedBy: b }: MatrixCall): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}

export function exchangedRegions(before: MatrixCall, after: MatrixCall): Exchanged {
  return exchanged(before.regions, after.regions, 'any');
}

export function exchangedActions(before: MatrixCall, after: MatrixCall): Exchanged {
  return exchanged(before.actions, after.actions);
}

/** @param all the element that includes every other one */
function exchanged(before: readonly string[], after: readonly string[], all?: string): Exchanged {
  const missing = (from: readonly string[], list: readonly string[]): readonly string[] =>
    all !== undefined && list.includes(all) ? [] : from.filter((element) => !list.includes(element));
  return { gained: missing(after, before), lost: missing(before, after) };
}

const key = ({ application, alias, model }: MatrixCall): string => [application, alias, model].join('\u0000');

type Pair = readonly [before: MatrixCall | undefined, after: MatrixCall | undefined];

/**
 * Pairs the calls of both sides. Two generations may have the same model, so calls are matched by profile, then by
 * routing.
 */
function pairs(before: readonly MatrixCall[], after: readonly MatrixCall[]): readonly Pair[] {
  const matched: Pair[] = [];
  const [left, right] = [byProfile(before), byProfile(after)];
  for (const same of [(c: MatrixCall) => c.through, (c: MatrixCall) => c.routing, () => '']) {
    for (const b of [...left]) {
      const at = right.findIndex((a) => same(a) === same(b));
      if (at !== -1) {
        matched.push([b, right[at]]);
        right.splice(at, 1);
        left.splice(left.indexOf(b), 1);
      }
    }
  }
  return [...matched, ...left.map((b): Pair => [b, undefined]), ...right.map((a): Pair => [undefined, a])];
}

const byProfile = (calls: readonly MatrixCall[]): MatrixCall[] =>
  [...calls].sort((a, b) => (a.through < b.through ? -1 : 1));

function callWidth(before: MatrixCall | undefined, after: MatrixCall | undefined): Width {
  if (before === undefined || after === undefined) {
    return before === undefined ? 'broader' : 'narrower';
  }
  const [regions, actions] = [exchangedRegions(before, after), exchangedActions(before, after)];
  return widthOf(
    regions.gained.length > 0 || actions.gained.length > 0 || guardLost(before, after),
    regions.lost.length > 0 || actions.lost.length > 0 || guardLost(after, before),
  );
}

/** True when the guardrail is no longer the one that was reviewed. Another version of it may block less. */
function guardLost({ guardrail: before }: MatrixCall, { guardrail: after }: MatrixCall): boolean {
  return before !== undefined && before !== after;
}
