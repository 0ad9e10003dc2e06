import { askCostExplorer } from './ask-cost-explorer';
import type { BilledAmount, CostExplorer } from './cost-explorer';
import type { Billed, BilledModel, BilledPrincipal, CostsFound, NotLookedAt } from './costs-found';
import type { CostsWanted } from './costs-wanted';
import { findForecasts } from './find-forecasts';
import { type MissingStep, missingTagStep } from './missing-step';
import { dayAfter, daysUntil, firstOfMonth } from './utc-days';

/** Number of days in the plot. */
const DAYS = 30;

/**
 * Asks Cost Explorer for the costs of an environment with as few requests as possible, because each is charged. There
 * is one request each for the applications by day, the models and the principals, one for each forecast, and one for
 * the status of the tags when costs are missing. A question that was refused is not asked again.
 */
export async function findCosts(wanted: CostsWanted, explorer: CostExplorer): Promise<Omit<CostsFound, 'estimates'>> {
  const { today, costTag, principalTags } = wanted;
  const month = firstOfMonth(today);
  const start = dayAfter(today, 1 - DAYS);
  const whole = { from: month, until: dayAfter(today), granularity: 'MONTHLY' as const };
  const notLookedAt: NotLookedAt[] = [];
  const period = { month: today.slice(0, 7), until: today };
  const done = (parts: Partial<CostsFound>) => ({
    ...period,
    forecasts: new Map<string, number>(),
    ...parts,
    notLookedAt,
    requests: explorer.requests,
  });
  const missingStepOfTag = tagSteps(wanted, explorer);

  const billedAnswer = await askCostExplorer(() =>
    explorer.costs({
      from: start < month ? start : month,
      until: dayAfter(today),
      granularity: 'DAILY',
      groups: [{ type: 'TAG', key: costTag }],
    }),
  );
  const nothing = 'value' in billedAnswer && billedAnswer.value.every(({ usd }) => usd === 0);
  const missing =
    'missing' in billedAnswer ? billedAnswer.missing : nothing ? await missingStepOfTag(costTag) : undefined;
  if ('missing' in billedAnswer || missing !== undefined) {
    notLookedAt.push({ part: 'billed', ...(missing as MissingStep) });
    return done({});
  }
  const billed = billedOf(billedAnswer.value, wanted, month, start);
  if (nothing) {
    return done({ billed, models: [], principals: [] });
  }

  const modelAnswer = await askCostExplorer(() =>
    explorer.costs({
      ...whole,
      groups: [
        { type: 'TAG', key: costTag },
        { type: 'PRODUCT_ATTRIBUTE', key: 'model' },
      ],
    }),
  );
  if ('missing' in modelAnswer) {
    notLookedAt.push({ part: 'by model', ...modelAnswer.missing });
  }
  const principalAnswer = await askCostExplorer(() =>
    explorer.costs({ ...whole, groups: principalTags.map((key) => ({ type: 'TAG', key })) }),
  );
  if ('missing' in principalAnswer) {
    notLookedAt.push({ part: 'by principal', ...principalAnswer.missing });
  } else {
    for (const [i, key] of principalTags.entries()) {
      const none = principalAnswer.value.every(({ values }) => (values[i] ?? '') === '');
      const step = none ? await missingStepOfTag(key) : undefined;
      if (step !== undefined) {
        notLookedAt.push({ part: 'by principal', ...step });
      }
    }
  }
  const forecasts = await findForecasts(wanted, billed, explorer, notLookedAt);
  return done({
    billed,
    ...('value' in modelAnswer && { models: modelsOf(modelAnswer.value, wanted) }),
    ...('value' in principalAnswer && { principals: principalsOf(principalAnswer.value, principalTags) }),
    ...forecasts,
  });
}

/**
 * Returns a function that finds the missing step of a tag key. Cost Explorer is asked once for all keys, at the first
 * call.
 */
function tagSteps({ costTag, principalTags, today }: CostsWanted, explorer: CostExplorer) {
  let statuses: ReturnType<CostExplorer['tags']> | undefined;
  return async (key: string): Promise<MissingStep | undefined> => {
    statuses ??= explorer.tags([costTag, ...principalTags]);
    const pending = statuses;
    const answer = await askCostExplorer(() => pending);
    if ('value' in answer) {
      return missingTagStep(key, answer.value.get(key), key === costTag ? ACTIVATE : ACTIVATE_PRINCIPAL, today);
    }
    const { step, why, next } = answer.missing;
    return { step, why: `nothing is billed under the tag ${key}, and its status is not known: ${why}`, next };
  };
}

const ACTIVATE =
  'activate it: costAllocationTags: activate in the environment file of the account that pays, or Cost allocation tags in its Billing console';
const ACTIVATE_PRINCIPAL =
  "activate it in the Billing console of the account that pays (Cost allocation tags, of the type IAM principal); each caller's ARN is in a new CUR 2.0 export with caller identity";

/**
 * Returns the application that a value of the tag names. It is empty for the value of the environment, whose costs are
 * shared.
 */
function applicationOf(value: string, environment: string): string {
  return value === environment ? '' : value.startsWith(`${environment}/`) ? value.slice(environment.length + 1) : value;
}

function billedOf(
  amounts: readonly BilledAmount[],
  { environment, today }: CostsWanted,
  month: string,
  start: string,
): Billed {
  const named = amounts.map(({ from, values: [value = ''], usd }) => ({
    day: from,
    name: applicationOf(value, environment),
    usd,
  }));
  return {
    month: sums(named.filter(({ day }) => day >= month)),
    days: daysUntil(start, today).map((day) => ({ day, applications: sums(named.filter((a) => a.day === day)) })),
  };
}

function sums(amounts: readonly { readonly name: string; readonly usd: number }[]): ReadonlyMap<string, number> {
  const by = new Map<string, number>();
  for (const { name, usd } of amounts) {
    by.set(name, (by.get(name) ?? 0) + usd);
  }
  return by;
}

function modelsOf(amounts: readonly BilledAmount[], { environment }: CostsWanted): readonly BilledModel[] {
  return amounts
    .map(({ values: [value = '', model = ''], usd }) => ({
      application: applicationOf(value, environment),
      model,
      usd,
    }))
    .sort((a, b) => compare(a.application, b.application) || b.usd - a.usd || compare(a.model, b.model));
}

function principalsOf(amounts: readonly BilledAmount[], keys: readonly string[]): readonly BilledPrincipal[] {
  return amounts
    .map(({ values, usd }) => ({ tags: keys.map((key, i) => ({ key, value: values[i] ?? '' })), usd }))
    .sort((a, b) => b.usd - a.usd || compare(a.tags.map((t) => t.value).join(), b.tags.map((t) => t.value).join()));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
