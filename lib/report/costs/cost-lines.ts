import { visible } from '../../config/invisible';
import type { NotLookedAt } from '../../live/costs/costs-found';
import type { ApplicationCosts, TotalCosts } from '../../live/costs/judge-costs';
import { cents } from '../format/cents';
import { counted } from '../format/counted';
import type { Colours } from '../format/problem-lines';
import { table } from '../format/table';
import { standingLines } from '../plan/standing-lines';
import { activationLines } from './activation-lines';
import { type CostPart, type CostReport, modelParts, principalParts, REQUEST_USD } from './cost-report';

/** Describes costs for people: the verdict, applications with their budgets, models, principals, and missing parts. */
export function costLines(report: CostReport, colours: Colours): readonly string[] {
  const { costs } = report;
  return [
    verdict(report, colours),
    '',
    ...applicationTable(report),
    ...partTable('model, as billed', modelParts(report), report),
    ...partTable('principal, by its tags', principalParts(report), report),
    '',
    ...standingLines(report.limits, report.place.environment, colours),
    ...activationLines(report).map((line) => colours.tone('warning', visible(line))),
    ...costs.notLookedAt.map((missing) => colours.tone('warning', notLookedAtLine(missing))),
    ...costNotes(report),
  ];
}

/** Compares the costs with the budgets, in one line. */
export function verdict(report: CostReport, colours: Colours, shownAccount = report.place.account): string {
  const { place, applications, all, costs } = report;
  const where = `${place.environment} in ${shownAccount}`;
  const rows = [...applications, { ...all, application: 'all applications' }];
  const above = rows.filter(({ state }) => state === 'above');
  const budgeted = rows.filter(({ budgetUsd }) => budgetUsd !== undefined);
  if (above.length > 0) {
    const exceeded = above.map((a) => `${a.application} ${cents(a.billedUsd)} of ${cents(a.budgetUsd)}`).join(', ');
    return colours.tone(
      'bad',
      `✗ ${above.length} of ${counted(budgeted.length, 'budget')} exceeded  ${where}: ${exceeded}.`,
    );
  }
  if (costs.billed === undefined) {
    return colours.tone('bad', `! the costs of ${where}, billed in ${costs.month}, could not be read.`);
  }
  const billed = `${cents(all.billedUsd)} billed in ${costs.month}`;
  const ahead = rows.filter(({ state }) => state === 'forecast above').map((a) => a.application);
  if (ahead.length > 0) {
    return colours.tone(
      'warning',
      `! within budget so far  ${where}: ${billed}; forecast above the budget: ${ahead.join(', ')}.`,
    );
  }
  return colours.tone(
    'good',
    budgeted.length === 0
      ? `✓ nothing exceeded  ${where}: ${billed}; there is no budget.`
      : `✓ within ${counted(budgeted.length, 'budget')}  ${where}: ${billed}.`,
  );
}

const STATES: Readonly<Record<ApplicationCosts['state'], string>> = {
  above: '✗ above',
  'forecast above': '! forecast above',
  within: '✓',
  'no budget': 'no budget',
  'not known': 'not known',
};

/** Returns a row for each application, a row for all of them, and a row for shared costs, which have no budget. */
export function applicationRows({ applications, all, costs }: CostReport): readonly (readonly string[])[] {
  const shared = costs.billed?.month.get('');
  return [
    ...applications.map((a) => [
      a.application,
      ...budgetCells(a),
      estimate(a),
      cents(a.dailyLimitUsd),
      STATES[a.state],
    ]),
    ['all applications', ...budgetCells(all), '-', '-', STATES[all.state]],
    ...(shared === undefined ? [] : [['shared by all', cents(shared), '-', '-', '-', '-', '-', '']]),
  ];
}

function budgetCells({ billedUsd, forecastUsd, budgetUsd }: TotalCosts): readonly string[] {
  const used =
    billedUsd === undefined || budgetUsd === undefined ? '-' : `${Math.round((billedUsd / budgetUsd) * 100)} %`;
  return [cents(billedUsd), cents(forecastUsd), cents(budgetUsd), used];
}

export const APPLICATION_HEADINGS = [
  'application',
  'billed',
  'forecast',
  'budget',
  'used',
  'estimated today',
  'daily limit',
  '',
] as const;

/** Formats an estimate. `>` marks a lower bound, which leaves out tokens of unknown price. */
function estimate({ estimatedTodayUsd, unpricedTokens }: ApplicationCosts): string {
  return unpricedTokens > 0 && estimatedTodayUsd !== undefined
    ? `>${cents(estimatedTodayUsd)}`
    : cents(estimatedTodayUsd);
}

function applicationTable(report: CostReport): readonly string[] {
  const columns = APPLICATION_HEADINGS.map((heading, i) => ({ heading, numbers: i > 0 && i < 7 }));
  return table(columns, applicationRows(report));
}

const PART_HEADINGS = ['billed', 'forecast, by share'] as const;

function partTable(name: string, parts: readonly CostPart[], { costs }: CostReport): readonly string[] {
  if (parts.length === 0) {
    return [];
  }
  const ofApplications = parts.some(({ application }) => application !== '') || name.startsWith('model');
  const columns = [
    ...(ofApplications ? [{ heading: 'application' }] : []),
    { heading: `${name}, ${costs.month}` },
    ...PART_HEADINGS.map((heading) => ({ heading, numbers: true })),
  ];
  return [
    '',
    ...table(
      columns,
      parts.map((part) => [
        ...(ofApplications ? [part.application === '' ? 'shared by all' : part.application] : []),
        part.name,
        cents(part.billedUsd),
        cents(part.forecastShareUsd),
      ]),
    ),
  ];
}

export function notLookedAtLine({ part, why, next }: NotLookedAt): string {
  return visible(`not looked at: ${part}: ${why}; ${next}`);
}

/** Explains where the figures come from. */
export function costNotes({ applications, costs }: CostReport): readonly string[] {
  const { requests } = costs;
  return [
    ...(costs.billed === undefined
      ? []
      : [
          "billed: unblended US dollars of everything with the application's tag, from Cost Explorer, up to 24 hours late.",
        ]),
    ...(costs.estimates === undefined
      ? []
      : [
          `estimated today: list prices times the tokens of calls on ${costs.until} since 00:00 UTC; not included in the billed amounts.`,
        ]),
    ...(applications.some((a) => a.unpricedTokens > 0)
      ? ['>: some tokens have no known price, so their dollars are not in the estimate.']
      : []),
    `${counted(requests, 'request')} to Cost Explorer cost ${cents(requests * REQUEST_USD)}.`,
  ];
}
