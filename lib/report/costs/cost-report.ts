import type { CostsFound } from '../../live/costs/costs-found';
import { type ApplicationCosts, forecastShare, type TotalCosts } from '../../live/costs/judge-costs';
import type { Place } from '../../plan/names/names';

/** Everything a report of costs shows. */
export interface CostReport {
  readonly place: Place;
  /** Those of the environment file, in its order. */
  readonly applications: readonly ApplicationCosts[];
  /** Of these applications together. */
  readonly all: TotalCosts;
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

export function principalParts({ all, found }: CostReport): readonly CostPart[] {
  return (found.principals ?? []).map(({ tags, usd }) => {
    const share = forecastShare(usd, all.billedUsd, all.forecastUsd);
    const named = tags.filter(({ value }) => value !== '').map(({ key, value }) => `${shortKey(key)} ${value}`);
    return {
      application: '',
      name: named.length === 0 ? `(neither ${tags.map(({ key }) => shortKey(key)).join(' nor ')})` : named.join(', '),
      billedUsd: usd,
      ...(share !== undefined && { forecastShareUsd: share }),
    };
  });
}

/** A principal's tag without what billing puts before its key. */
function shortKey(key: string): string {
  return key.replace(/^.*\//, '');
}
