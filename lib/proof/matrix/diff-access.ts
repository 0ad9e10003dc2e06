import type { AccessMatrix } from './access-matrix';
import { otherStatementsOnly } from './diff-calls';
import type { AccessChange } from './diff-change';
import { type BudgetDiff, budgetDiff, type PriceChange, priceChanges } from './diff-money';
import { principalChanges } from './diff-principals';
import { foldProbes } from './diff-probes';
import { type ProfileChange, profileChanges } from './diff-profiles';

/** Account and Region of one side. */
export interface DiffPlace {
  readonly account: string;
  readonly region: string;
}

/** What two matrices of one environment do not have in common. */
export interface AccessDiff {
  readonly environment: string;
  /**
   * The side that alone has the environment.
   *
   * @default - both have it
   */
  readonly only?: 'base' | 'head';
  /**
   * Where the environment was and is.
   *
   * @default - in the same account and Region
   */
  readonly moved?: { readonly before: DiffPlace; readonly after: DiffPlace };
  readonly changes: readonly AccessChange[];
  /** What changes about probe roles because their application changes, and tells nothing of its own. */
  readonly along: readonly AccessChange[];
  /** Calls that are the same and that other statements allow. */
  readonly otherStatements: number;
  readonly profiles: readonly ProfileChange[];
  /**
   * Monthly budgets.
   *
   * @default - a side knows none
   */
  readonly budgets?: BudgetDiff;
  readonly prices: readonly PriceChange[];
}

/** The two sides; one may be missing, and then all its access is gained or lost. */
export type DiffSides =
  | { readonly before: AccessMatrix; readonly after: AccessMatrix }
  | { readonly before?: undefined; readonly after: AccessMatrix }
  | { readonly before: AccessMatrix; readonly after?: undefined };

export interface DiffOptions {
  /**
   * Whether both sides know the budgets of applications.
   *
   * @default true
   */
  readonly budgetsKnown?: boolean;
}

/** Compares the access that two matrices of one environment give. */
export function diffAccess(both: DiffSides, { budgetsKnown = true }: DiffOptions = {}): AccessDiff {
  const before = both.before ?? nothing(both.after);
  const after = both.after ?? nothing(both.before);
  const found = principalChanges(before.principals, after.principals);
  const otherStatements = found.filter((c) => c.kind === 'call' && otherStatementsOnly(c));
  const place = ({ account, region }: AccessMatrix): DiffPlace => ({ account, region });
  const moved = before.account !== after.account || before.region !== after.region;
  return {
    environment: after.environment,
    ...(both.before === undefined && { only: 'head' }),
    ...(both.after === undefined && { only: 'base' }),
    ...(moved && { moved: { before: place(before), after: place(after) } }),
    ...foldProbes(
      found.filter((c) => !otherStatements.includes(c)),
      [before, after],
    ),
    otherStatements: otherStatements.length,
    profiles: profileChanges(before, after),
    ...(budgetsKnown && { budgets: budgetDiff(before, after) }),
    prices: priceChanges(before, after),
  };
}

function nothing(matrix: AccessMatrix): AccessMatrix {
  return { ...matrix, profiles: [], principals: [], budgets: {} };
}

/** Whether anything at all differs. */
export function differs({ only, moved, changes, otherStatements, profiles, budgets, prices }: AccessDiff): boolean {
  return (
    only !== undefined ||
    moved !== undefined ||
    otherStatements > 0 ||
    [changes, profiles, budgets?.changes ?? [], prices].some((list) => list.length > 0)
  );
}
