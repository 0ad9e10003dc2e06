import { asked } from './asked';
import type { CostExplorer } from './cost-explorer';
import type { Billed, CostsFound, NotLookedAt } from './costs-found';
import type { CostsWanted } from './costs-wanted';
import type { MissingStep } from './missing-step';
import { firstOfNextMonth } from './utc-days';

/** What was billed before today, and what is expected from today on: a forecast by day leaves no doubt which days it is of. */
export async function findForecasts(
  { environment, applications, today, forecast }: CostsWanted,
  { month, days }: Billed,
  explorer: CostExplorer,
  notLookedAt: NotLookedAt[],
): Promise<Pick<CostsFound, 'forecasts' | 'forecastUsd'>> {
  const ofToday = days.at(-1)?.applications;
  const sum = (amounts: ReadonlyMap<string, number> | undefined, names: readonly string[]): number =>
    names.reduce((total, name) => total + (amounts?.get(name) ?? 0), 0);
  /** What is billed of today already may be more than was expected of it. */
  const expected = (names: readonly string[], usd: number): number =>
    Math.max(sum(month, names), sum(month, names) - sum(ofToday, names) + usd);
  const until = firstOfNextMonth(today);
  const forecasts = new Map<string, number>();
  const without: string[] = [];
  const say = (missing: MissingStep): void => void notLookedAt.push({ part: 'forecast', ...missing });
  const named = forecast === 'none' ? [] : applications.filter((name) => (month.get(name) ?? 0) > 0);
  if (forecast === 'environment' && named.length > 0) {
    const values = named.map((name) => `${environment}/${name}`);
    const answer = await asked(() => explorer.forecast(values, today, until));
    if ('missing' in answer) {
      say(answer.missing);
      return { forecasts };
    }
    return { forecasts, forecastUsd: expected(named, answer.value) };
  }
  for (const name of named) {
    const answer = await asked(() => explorer.forecast([`${environment}/${name}`], today, until));
    if ('value' in answer) {
      forecasts.set(name, expected([name], answer.value));
    } else if (answer.missing.step === 'history') {
      without.push(name);
    } else {
      say(answer.missing);
      break;
    }
  }
  if (without.length > 0) {
    say({
      step: 'history',
      why: `Cost Explorer has too few days of costs to forecast ${without.join(', ')}`,
      next: 'run the command again when some weeks of costs are there',
    });
  }
  return { forecasts };
}
