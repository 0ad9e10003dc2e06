import { askCostExplorer } from './ask-cost-explorer';
import type { CostExplorer } from './cost-explorer';
import type { Billed, CostsFound, NotLookedAt } from './costs-found';
import type { CostsWanted } from './costs-wanted';
import type { MissingStep } from './missing-step';
import { firstOfNextMonth } from './utc-days';

/**
 * Forecasts the costs of the whole month: the dollars billed before today, and Cost Explorer's forecast from today on.
 * The forecast is asked for by day, so that there is no doubt which days it covers.
 */
export async function findForecasts(
  { environment, applications, today, forecast }: CostsWanted,
  { month, days }: Billed,
  explorer: CostExplorer,
  notLookedAt: NotLookedAt[],
): Promise<Pick<CostsFound, 'forecasts' | 'forecastUsd'>> {
  const ofToday = days.at(-1)?.applications;
  const sum = (amounts: ReadonlyMap<string, number> | undefined, names: readonly string[]): number =>
    names.reduce((total, name) => total + (amounts?.get(name) ?? 0), 0);
  /**
   * Adds billed and forecast dollars. The sum is at least the billed dollars, because today may cost more than
   * forecast.
   */
  const expected = (names: readonly string[], usd: number): number =>
    Math.max(sum(month, names), sum(month, names) - sum(ofToday, names) + usd);
  const until = firstOfNextMonth(today);
  const forecasts = new Map<string, number>();
  const withoutHistory: string[] = [];
  const report = (missing: MissingStep): void => void notLookedAt.push({ part: 'forecast', ...missing });
  const billedNames = forecast === 'none' ? [] : applications.filter((name) => (month.get(name) ?? 0) > 0);
  if (forecast === 'environment' && billedNames.length > 0) {
    const values = billedNames.map((name) => `${environment}/${name}`);
    const answer = await askCostExplorer(() => explorer.forecast(values, today, until));
    if ('missing' in answer) {
      report(answer.missing);
      return { forecasts };
    }
    return { forecasts, forecastUsd: expected(billedNames, answer.value) };
  }
  for (const name of billedNames) {
    const answer = await askCostExplorer(() => explorer.forecast([`${environment}/${name}`], today, until));
    if ('value' in answer) {
      forecasts.set(name, expected([name], answer.value));
    } else if (answer.missing.step === 'history') {
      withoutHistory.push(name);
    } else {
      report(answer.missing);
      break;
    }
  }
  if (withoutHistory.length > 0) {
    report({
      step: 'history',
      why: `Cost Explorer has too few days of costs to forecast ${withoutHistory.join(', ')}`,
      next: 'run the command again after some weeks of costs',
    });
  }
  return { forecasts };
}
