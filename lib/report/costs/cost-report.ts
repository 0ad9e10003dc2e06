import type { CostsFound } from '../../live/costs/costs-found';
import { type ApplicationCosts, forecastShare, type TotalCosts } from '../../live/costs/judge-costs';
import type { LimitStandings } from '../../live/limits/read-standings';
import type { Place } from '../../plan/names/names';

/** The costs that a report shows. */
export interface CostReport {
  readonly place: Place;
  /** Costs of the applications in the environment file, in its order. */
  readonly applications: readonly ApplicationCosts[];
  /** Costs of these applications together. */
  readonly all: TotalCosts;
  readonly costs: CostsFound;
  /** The denials that are in force. */
  readonly limits: LimitStandings;
  /** What the environment file says about the cost allocation tags, and the number of budgets that deny by them. */
  readonly tags: {
    readonly file: string;
    readonly setting: 'leave' | 'activate' | 'active';
    readonly deniedByBudget: number;
  };
}

/** A part of the dollars billed in the month. */
export interface CostPart {
  /** The application that pays for it. Empty for costs that all applications share. */
  readonly application: string;
  /** The name of a model on the bill, or the tags of a principal. */
  readonly name: string;
  readonly billedUsd: number;
  /** Forecast for the whole month, if the part keeps its share of the billed dollars. */
  readonly forecastShareUsd?: number;
}

/** Price of a request to Cost Explorer, in US dollars. Each page is a request (AWS Cost Explorer FAQ, November 2026). */
export const REQUEST_USD = 0.01;

export function modelParts({ costs }: CostReport): readonly CostPart[] {
  return (costs.models ?? []).map(({ application, model, usd }) => {
    const share = forecastShare(usd, costs.billed?.month.get(application), costs.forecasts.get(application));
    return {
      application,
      name: model === '' ? '(no model)' : model,
      billedUsd: usd,
      ...(share !== undefined && { forecastShareUsd: share }),
    };
  });
}

export function principalParts({ all, costs }: CostReport): readonly CostPart[] {
  return (costs.principals ?? []).map(({ tags, usd }) => {
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

/** Removes the prefix that billing puts before the key of a principal's tag. */
function shortKey(key: string): string {
  return key.replace(/^.*\//, '');
}
