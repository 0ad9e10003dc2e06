import { findModel, priceOf } from '../../catalog/catalog';
import type { Price } from '../../catalog/foundation-model';
import { ROUTINGS } from '../../catalog/routing';
import type { AccessMatrix, MatrixProfile } from './access-matrix';
import { applicationsIn } from './applications-in';
import { sides } from './diff-change';

/** A change of the monthly budget of an application, in US dollars. */
export interface BudgetChange {
  readonly application: string;
  /** @default - the application had no budget */
  readonly before?: number;
  /** @default - the application no longer has a budget */
  readonly after?: number;
  /** True when the application is on both sides. If so, losing its budget counts as a rise of any size. */
  readonly stays: boolean;
}

/** Sum of all monthly budgets before and after, in US dollars, and the budgets that differ. */
export interface BudgetDiff {
  readonly before: number;
  readonly after: number;
  readonly changes: readonly BudgetChange[];
  /** New applications without a budget. */
  readonly unlimited: readonly string[];
}

/** Model, routing and price of an alias on one side. `price` is null when it is not known. */
export interface AliasPrice {
  readonly model: string;
  readonly routing: string;
  readonly price: Price | null;
}

/** A list price per 1,000,000 tokens that changes or cannot be compared. */
export interface PriceChange {
  readonly application: string;
  readonly alias: string;
  /**
   * `alias`: the alias was served by `before`. `dearest`: the profile is new, and `before` is the dearest that the
   * application could call.
   */
  readonly comparedWith: 'alias' | 'dearest';
  readonly before: AliasPrice;
  readonly after: AliasPrice;
}

export function budgetDiff(before: AccessMatrix, after: AccessMatrix): BudgetDiff {
  const [old, current] = [new Map(Object.entries(before.budgets)), new Map(Object.entries(after.budgets))];
  const [applicationsBefore, applicationsAfter] = [applicationsIn(before), applicationsIn(after)];
  return {
    before: sum(old.values()),
    after: sum(current.values()),
    changes: [...new Set([...old.keys(), ...current.keys()])]
      .sort()
      .filter((name) => old.get(name) !== current.get(name))
      .map((application) => ({
        application,
        ...sides(old.get(application), current.get(application)),
        stays: applicationsBefore.has(application) && applicationsAfter.has(application),
      })),
    unlimited: [...new Set(after.profiles.map((p) => p.application))].filter(
      (name) => !applicationsBefore.has(name) && !current.has(name),
    ),
  };
}

/** Adds up dollars, rounded to the cent. The rounding errors of decimal fractions are smaller than that. */
function sum(dollars: Iterable<number>): number {
  return Math.round([...dollars].reduce((total, usd) => total + usd, 0) * 100) / 100;
}

/**
 * Lists the aliases of both sides whose price differs. An unknown price counts as different when the model, the routing
 * or the Region changes.
 */
export function priceChanges(before: AccessMatrix, after: AccessMatrix): readonly PriceChange[] {
  return [...aliasChanges(before, after), ...newProfiles(before, after)];
}

/**
 * Lists the new profiles that are dearer than every profile that their application could call before, or whose price is
 * not known. Without them, a new alias could make an application a hundred times dearer unseen.
 */
function newProfiles(before: AccessMatrix, after: AccessMatrix): readonly PriceChange[] {
  const isCompared = (a: MatrixProfile): boolean =>
    a.served && before.profiles.some((b) => b.served && b.application === a.application && b.alias === a.alias);
  return after.profiles.flatMap((a): readonly PriceChange[] => {
    const old = before.profiles.filter((b) => b.application === a.application);
    if (old.length === 0 || isCompared(a) || old.some((b) => b.model === a.model && b.routing === a.routing)) {
      return [];
    }
    const dearest = old
      .map((b) => aliasPrice(b, before.region))
      .reduce((one, other) => (sumOf(other) > sumOf(one) ? other : one));
    const current = aliasPrice(a, after.region);
    return sumOf(current) > sumOf(dearest)
      ? [{ application: a.application, alias: a.alias, comparedWith: 'dearest', before: dearest, after: current }]
      : [];
  });
}

/** An unknown price counts as the highest. */
function sumOf({ price }: AliasPrice): number {
  return price === null ? Number.POSITIVE_INFINITY : price.input + (price.output ?? 0);
}

function aliasChanges(before: AccessMatrix, after: AccessMatrix): readonly PriceChange[] {
  const served = after.profiles.filter((p) => p.served);
  return before.profiles.flatMap((b) => {
    const a = b.served ? served.find((p) => p.application === b.application && p.alias === b.alias) : undefined;
    if (a === undefined) {
      return [];
    }
    const [old, current] = [aliasPrice(b, before.region), aliasPrice(a, after.region)];
    const unknown = old.price === null || current.price === null;
    const differs = unknown
      ? b.model !== a.model || b.routing !== a.routing || before.region !== after.region
      : JSON.stringify(old.price) !== JSON.stringify(current.price);
    return differs
      ? [{ application: b.application, alias: b.alias, comparedWith: 'alias', before: old, after: current }]
      : [];
  });
}

function aliasPrice({ model: modelId, routing }: MatrixProfile, region: string): AliasPrice {
  const model = findModel(modelId);
  const known = ROUTINGS.find((r) => r === routing);
  const price = model === undefined || known === undefined ? undefined : priceOf(model, known, region);
  return { model: modelId, routing, price: typeof price?.input === 'number' ? price : null };
}
