import type { AccessMatrix } from './access-matrix';
import { differsInStatementsOnly } from './diff-calls';
import type { AccessChange } from './diff-change';
import { type ControlChange, controlChanges } from './diff-controls';
import { type BudgetDiff, budgetDiff, type PriceChange, priceChanges } from './diff-money';
import { principalChanges } from './diff-principals';
import { foldProbes } from './diff-probes';
import { type ProfileChange, profileChanges } from './diff-profiles';
import { internalRoles } from './internal-roles';

/** Account and Region of an environment on one side. */
export interface DiffPlace {
  readonly account: string;
  readonly region: string;
}

/** Differences between two matrices of one environment. */
export interface AccessDiff {
  readonly environment: string;
  /**
   * The only side that has the environment.
   *
   * @default - both have it
   */
  readonly only?: 'base' | 'head';
  /**
   * Account and Region of the environment, before and after it moved.
   *
   * @default - in the same account and Region
   */
  readonly moved?: { readonly before: DiffPlace; readonly after: DiffPlace };
  readonly changes: readonly AccessChange[];
  /** Changes of probe roles that only follow a change of their application. */
  readonly along: readonly AccessChange[];
  /** Number of unchanged calls that are now allowed by other statements. */
  readonly otherStatements: number;
  readonly profiles: readonly ProfileChange[];
  /**
   * Differences of the monthly budgets.
   *
   * @default - the budgets of at least one side are not known
   */
  readonly budgets?: BudgetDiff;
  readonly prices: readonly PriceChange[];
  /**
   * Controls of the environment file that differ, weaker ones first.
   *
   * @default - the controls of at least one side are not known
   */
  readonly controls?: readonly ControlChange[];
}

/** The two matrices to compare. If one is missing, all access of the other is gained or lost. */
export type DiffSides =
  | { readonly before: AccessMatrix; readonly after: AccessMatrix }
  | { readonly before?: undefined; readonly after: AccessMatrix }
  | { readonly before: AccessMatrix; readonly after?: undefined };

export interface DiffOptions {
  /**
   * True when both sides know the environment file, and so its budgets and controls.
   *
   * @default true
   */
  readonly fileKnown?: boolean;
}

/** Compares the access that two matrices of one environment give. */
export function diffAccess(both: DiffSides, { fileKnown = true }: DiffOptions = {}): AccessDiff {
  const before = both.before ?? withoutAccess(both.after);
  const after = both.after ?? withoutAccess(both.before);
  const does = internalRoles([before, after]);
  const changes = principalChanges(before.principals, after.principals).map((change): AccessChange => {
    const role = does.get(change.principal);
    return role === undefined ? change : { ...change, does: role };
  });
  const otherStatements = changes.filter((c) => c.kind === 'call' && differsInStatementsOnly(c));
  const budgets = fileKnown ? budgetDiff(before, after) : undefined;
  const place = ({ account, region }: AccessMatrix): DiffPlace => ({ account, region });
  const moved = before.account !== after.account || before.region !== after.region;
  return {
    environment: after.environment,
    ...(both.before === undefined && { only: 'head' }),
    ...(both.after === undefined && { only: 'base' }),
    ...(moved && { moved: { before: place(before), after: place(after) } }),
    ...foldProbes(
      changes.filter((c) => !otherStatements.includes(c)),
      [before, after],
    ),
    otherStatements: otherStatements.length,
    profiles: profileChanges(before, after),
    ...(budgets !== undefined && { budgets }),
    prices: priceChanges(before, after),
    ...(budgets !== undefined && { controls: controlChanges(before, after, budgets.changes) }),
  };
}

function withoutAccess(matrix: AccessMatrix): AccessMatrix {
  return { ...matrix, profiles: [], principals: [], budgets: {} };
}

/** True when the two sides differ in anything. */
export function differs(diff: AccessDiff): boolean {
  const { only, moved, changes, otherStatements, profiles, budgets, prices, controls } = diff;
  return (
    only !== undefined ||
    moved !== undefined ||
    otherStatements > 0 ||
    [changes, profiles, budgets?.changes ?? [], prices, controls ?? []].some((list) => list.length > 0)
  );
}
