import type { Place } from '../plan/names';
import type { CostsFound } from '../proof/costs-found';
import { type ApplicationCosts, forecastShare } from '../proof/judge-costs';

/** Everything a report of costs shows. */
export interface CostReport {
  readonly place: Place;
  /** Those of the environment file, in its order. */
  readonly applications: readonly ApplicationCosts[];
  readonly found: CostsFound;
}

/** A part of the billed dollars of the month. */
export interface CostPart {
  /** Whose: an application, or empty for what all share. */
  readonly application: string;
  /** What: a model as AWS writes it, or the tags of a principal. */
  readonly name: string;
  readonly billedUsd: number;
  /** By the end of the month, if it keeps its share. */
  readonly forecastShareUsd?: number;
}

/** Cost Explorer charges so much a request, and each page is one (AWS Cost Explorer FAQ, November 2026). */
export const REQUEST_USD = 0.01;

export function modelParts({ found }: CostReport): readonly CostPart[] {
  return (found.models ?? []).map(({ application, model, usd }) => {
    const share = forecastShare(usd, found.billed?.month.get(application), found.forecasts.get(application));
    return {
      application,
      name: model === '' ? '(no model)' : model,
      billedUsd: usd,
      ...(share !== undefined && { forecastShareUsd: share }),
    };
  });
}

export function principalParts(report: CostReport): readonly CostPart[] {
  const whole = billedTotal(report);
  const forecast = forecastTotal(report);
  return (report.found.principals ?? []).map(({ tags, usd }) => {
    const share = forecastShare(usd, whole, forecast);
    const named = tags
      .filter(({ value }) => value !== '')
      .map(({ key, value }) => `${key.replace(/^.*\//, '')} ${value}`);
    return {
      application: '',
      name: named.length === 0 ? '(no tag of its own)' : named.join(', '),
      billedUsd: usd,
      ...(share !== undefined && { forecastShareUsd: share }),
    };
  });
}

/** What was billed of the month, what all share included; `undefined` where it could not be had. */
export function billedTotal({ found: { billed } }: CostReport): number | undefined {
  return billed === undefined ? undefined : [...billed.month.values()].reduce((sum, usd) => sum + usd, 0);
}

/** What is expected of the month; `undefined` where a part of it is not known. */
export function forecastTotal({ found }: CostReport): number | undefined {
  if (found.forecastUsd !== undefined || found.billed === undefined) {
    return found.forecastUsd;
  }
  const names = [...found.billed.month].filter(([name, usd]) => name !== '' && usd > 0).map(([name]) => name);
  const forecasts = names.map((name) => found.forecasts.get(name));
  return names.length === 0 || forecasts.some((usd) => usd === undefined)
    ? undefined
    : forecasts.reduce<number>((sum, usd) => sum + (usd ?? 0), found.billed.month.get('') ?? 0);
}
