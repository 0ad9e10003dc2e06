import type { AccessMatrix } from './access-matrix';
import { differsInStatementsOnly } from './diff-calls';
import type { AccessChange } from './diff-change';
import { type BudgetDiff, budgetDiff, type PriceChange, priceChanges } from './diff-money';
import { principalChanges } from './diff-principals';
import { foldProbes } from './diff-probes';
import { type ProfileChange, profileChanges } from './diff-profiles';

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
}

/** The two matrices to compare. If one is missing, all access of the other is gained or lost. */
export type DiffSides =
  | { readonly before: AccessMatrix; readonly after: AccessMatrix }
  | { readonly before?: undefined; readonly after: AccessMatrix }
  | { readonly before: AccessMatrix; readonly after?: undefined };

export interface DiffOptions {
  /**
   * True when the budgets of both sides are known.
   *
   * @default true
   */
  readonly budgetsKnown?: boolean;
}

/** Compares the access that two matrices of one environment give. */
export function diffAccess(both: DiffSides, { budgetsKnown = true }: DiffOptions = {}): AccessDiff {
  const before = both.before ?? withoutAccess(both.after);
  const after = both.after ?? withoutAccess(both.before);
  const changes = principalChanges(before.principals, after.principals);
  const otherStatements = changes.filter((c) => c.kind === 'call' && differsInStatementsOnly(c));
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
    ...(budgetsKnown && { budgets: budgetDiff(before, after) }),
    prices: priceChanges(before, after),
  };
}

function withoutAccess(matrix: AccessMatrix): AccessMatrix {
  return { ...matrix, profiles: [], principals: [], budgets: {} };
}

/** True when the two sides differ in anything. */
export function differs({ only, moved, changes, otherStatements, profiles, budgets, prices }: AccessDiff): boolean {
  return (
    only !== undefined ||
    moved !== undefined ||
    otherStatements > 0 ||
    [changes, profiles, budgets?.changes ?? [], prices].some((list) => list.length > 0)
  );
}
