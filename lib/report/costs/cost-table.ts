import { exactUsd } from '../format/cents';
import type { Results } from '../format/results';
import { type CostReport, modelParts, principalParts } from './cost-report';

/** Builds the table of costs in US dollars, with a row for each application, model, principal and day. */
export function costTable(report: CostReport): Pick<Results, 'columns' | 'rows'> {
  const { applications, costs } = report;
  const usd = (amount: number | undefined): number | undefined => exactUsd(amount) ?? undefined;
  const shared = costs.billed?.month.get('');
  const columns = [
    ...['by', 'application', 'name', 'from', 'billedUsd', 'forecastUsd', 'forecastShareUsd', 'budgetUsd'],
    ...['estimatedTodayUsd', 'unpricedTokens', 'dailyLimitUsd', 'state'],
  ];
  const rows: readonly (readonly (string | number | undefined)[])[] = [
    ...applications.map((a) => [
      ...['application', a.application, undefined, `${costs.month}-01`, usd(a.billedUsd), usd(a.forecastUsd)],
      ...[undefined, a.budgetUsd, usd(a.estimatedTodayUsd), a.unpricedTokens, a.dailyLimitUsd, a.state],
    ]),
    ...(shared === undefined ? [] : [['shared', undefined, undefined, `${costs.month}-01`, usd(shared)]]),
    ...(
      [
        ['model', modelParts(report)],
        ['principal', principalParts(report)],
      ] as const
    ).flatMap(([by, parts]) =>
      parts.map((p) => [
        ...[by, p.application || undefined, p.name, `${costs.month}-01`, usd(p.billedUsd)],
        ...[undefined, usd(p.forecastShareUsd)],
      ]),
    ),
    ...(costs.billed?.days ?? []).flatMap(({ day, applications: amounts }) =>
      [...amounts].map(([name, amount]) => ['day', name || undefined, undefined, day, usd(amount)]),
    ),
  ];
  return { columns, rows: rows.map((row) => columns.map((_, i) => row[i])) };
}
