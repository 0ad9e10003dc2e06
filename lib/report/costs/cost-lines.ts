import { visible } from '../../config/invisible';
import type { NotLookedAt } from '../../live/costs/costs-found';
import type { ApplicationCosts, TotalCosts } from '../../live/costs/judge-costs';
import { cents } from '../format/cents';
import { counted } from '../format/counted';
import type { Colours } from '../format/problem-lines';
import { table } from '../format/table';
import { type CostPart, type CostReport, modelParts, principalParts, REQUEST_USD } from './cost-report';

/** What an environment costs, for people: the verdict, applications beside their budgets, models, principals, and what is missing. */
export function costLines(report: CostReport, colours: Colours): readonly string[] {
  const { found } = report;
  return [
    verdict(report, colours),
    '',
    ...applicationTable(report),
    ...partTable('model, as billed', modelParts(report), report),
    ...partTable('principal, by its tags', principalParts(report), report),
    '',
    ...found.notLookedAt.map((missing) => colours.tone('warning', notLookedAtLine(missing))),
    ...costNotes(report),
  ];
}

/** The verdict in one line. */
export function verdict(report: CostReport, colours: Colours, shownAccount = report.place.account): string {
  const { place, applications, all, found } = report;
  const where = `${place.environment} in ${shownAccount}`;
  const held = [...applications, { ...all, application: 'all applications' }];
  const above = held.filter(({ state }) => state === 'above');
  const budgeted = held.filter(({ budgetUsd }) => budgetUsd !== undefined);
  if (above.length > 0) {
    const which = above.map((a) => `${a.application} ${cents(a.billedUsd)} of ${cents(a.budgetUsd)}`).join(', ');
    return colours.tone(
      'bad',
      `✗ ${above.length} of ${counted(budgeted.length, 'budget')} exceeded  ${where}: ${which}.`,
    );
  }
  if (found.billed === undefined) {
    return colours.tone('bad', `! what ${where} was billed in ${found.month} could not be looked at.`);
  }
  const billed = `${cents(all.billedUsd)} billed in ${found.month}`;
  const ahead = held.filter(({ state }) => state === 'forecast above').map((a) => a.application);
  if (ahead.length > 0) {
    return colours.tone(
      'warning',
      `! within budget, and not for long  ${where}: ${billed}; forecast above the budget: ${ahead.join(', ')}.`,
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

/** Rows of the applications, of all of them, and of what they share, which no budget is about. */
export function applicationRows({ applications, all, found }: CostReport): readonly (readonly string[])[] {
  const shared = found.billed?.month.get('');
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

/** What has no known price is missing from an estimate, which is then a lower bound. */
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

function partTable(name: string, parts: readonly CostPart[], { found }: CostReport): readonly string[] {
  if (parts.length === 0) {
    return [];
  }
  const ofApplications = parts.some(({ application }) => application !== '') || name.startsWith('model');
  const columns = [
    ...(ofApplications ? [{ heading: 'application' }] : []),
    { heading: `${name}, ${found.month}` },
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

/** What the figures are, and what they are not. */
export function costNotes({ applications, found }: CostReport): readonly string[] {
  const { requests } = found;
  return [
    ...(found.billed === undefined
      ? []
      : [
          "billed: unblended US dollars of Cost Explorer, up to 24 hours late, of everything with the application's tag.",
        ]),
    ...(found.estimates === undefined
      ? []
      : [
          `estimated today: list prices times the tokens of calls on ${found.until} since 00:00 UTC; no part of what is billed.`,
        ]),
    ...(applications.some((a) => a.unpricedTokens > 0)
      ? ['>: some tokens have no known price, so their dollars are not in the estimate.']
      : []),
    `Cost Explorer was sent ${counted(requests, 'request')}, for ${cents(requests * REQUEST_USD)}.`,
  ];
}
