import { exactUsd } from '../format/cents';
import { document } from '../format/document';
import { isTagActive } from './activation-lines';
import { type CostReport, modelParts, principalParts, REQUEST_USD } from './cost-report';

/** Builds the document that `costs --json` prints. */
export function costDocument(report: CostReport, exitCode: number) {
  const { place, applications, all, costs, limits } = report;
  const { environment, account, region } = place;
  const { month, until, billed, notLookedAt, requests } = costs;
  return document('costs', exitCode, {
    environment,
    account,
    region,
    month,
    until,
    applications: applications.map((a) => ({
      application: a.application,
      billedUsd: exactUsd(a.billedUsd),
      forecastUsd: exactUsd(a.forecastUsd),
      budgetUsd: exactUsd(a.budgetUsd),
      estimatedTodayUsd: exactUsd(a.estimatedTodayUsd),
      unpricedTokens: a.unpricedTokens,
      dailyLimitUsd: exactUsd(a.dailyLimitUsd),
      state: a.state,
    })),
    sharedUsd: billed === undefined ? null : exactUsd(billed.month.get('') ?? 0),
    all: {
      billedUsd: exactUsd(all.billedUsd),
      forecastUsd: exactUsd(all.forecastUsd),
      budgetUsd: exactUsd(all.budgetUsd),
      state: all.state,
    },
    models: modelParts(report).map(({ application, billedUsd, forecastShareUsd }, i) => ({
      application,
      model: costs.models?.[i]?.model ?? '',
      billedUsd: exactUsd(billedUsd),
      forecastShareUsd: exactUsd(forecastShareUsd),
    })),
    principals: principalParts(report).map(({ billedUsd, forecastShareUsd }, i) => ({
      tags: costs.principals?.[i]?.tags ?? [],
      billedUsd: exactUsd(billedUsd),
      forecastShareUsd: exactUsd(forecastShareUsd),
    })),
    days: (billed?.days ?? []).map(({ day, applications: amounts }) => ({
      day,
      billed: [...amounts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([application, usd]) => ({ application, usd: exactUsd(usd) })),
    })),
    tagActive: isTagActive(costs) ?? null,
    limits,
    notLookedAt,
    costExplorer: { requests, usd: exactUsd(requests * REQUEST_USD) },
  });
}
