import { findModel, priceOf } from '../../catalog/catalog';
import type { Price } from '../../catalog/foundation-model';
import { ROUTINGS } from '../../catalog/routing';
import type { AccessMatrix, MatrixProfile } from './access-matrix';
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
}

/** Model, routing and price of an alias on one side. `price` is null when it is not known. */
export interface AliasPrice {
  readonly model: string;
  readonly routing: string;
  readonly price: Pick<Price, 'input' | 'output'> | null;
}

/** An alias whose list price per 1,000,000 tokens changes or cannot be compared. */
export interface PriceChange {
  readonly application: string;
  readonly alias: string;
  readonly before: AliasPrice;
  readonly after: AliasPrice;
}

export function budgetDiff(before: AccessMatrix, after: AccessMatrix): BudgetDiff {
  const [old, current] = [new Map(Object.entries(before.budgets)), new Map(Object.entries(after.budgets))];
  const [applicationsBefore, applicationsAfter] = [applications(before), applications(after)];
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
  };
}

function applications({ profiles, principals }: AccessMatrix): ReadonlySet<string> {
  return new Set([...profiles, ...principals.flatMap((p) => p.calls)].map((of) => of.application));
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
    return differs ? [{ application: b.application, alias: b.alias, before: old, after: current }] : [];
  });
}

function aliasPrice({ model: modelId, routing }: MatrixProfile, region: string): AliasPrice {
  const model = findModel(modelId);
  const known = ROUTINGS.find((r) => r === routing);
  const price = model === undefined || known === undefined ? undefined : priceOf(model, known, region);
  return {
    model: modelId,
    routing,
    price:
      typeof price?.input === 'number'
        ? { input: price.input, ...(price.output !== undefined && { output: price.output }) }
        : null,
  };
}
