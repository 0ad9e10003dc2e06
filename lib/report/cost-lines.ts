import { visible } from '../config/invisible';
import type { NotLookedAt } from '../proof/costs-found';
import type { ApplicationCosts } from '../proof/judge-costs';
import { cents } from './cents';
import {
  billedTotal,
  type CostPart,
  type CostReport,
  forecastTotal,
  modelParts,
  principalParts,
  REQUEST_USD,
} from './cost-report';
import { counted } from './counted';
import type { Colours } from './problem-lines';
import { table } from './table';

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
export function verdict(report: CostReport, colours: Colours): string {
  const { place, applications, found } = report;
  const where = `${place.environment} in ${place.account}`;
  const above = applications.filter(({ state }) => state === 'above');
  const budgeted = applications.filter(({ budgetUsd }) => budgetUsd !== undefined);
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
  const billed = `${cents(billedTotal(report))} billed in ${found.month}`;
  const ahead = applications.filter(({ state }) => state === 'forecast above').map((a) => a.application);
  if (ahead.length > 0) {
    return colours.tone(
      'warning',
      `! within budget, and not for long  ${where}: ${billed}; forecast above the budget: ${ahead.join(', ')}.`,
    );
  }
  return colours.tone(
    'good',
    budgeted.length === 0
      ? `✓ nothing exceeded  ${where}: ${billed}; no application has a budget.`
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

/** Rows of applications, what all share, and the sum of what was billed. */
export function applicationRows(report: CostReport): readonly (readonly string[])[] {
  const { applications, found } = report;
  const shared = found.billed?.month.get('');
  const total = billedTotal(report);
  return [
    ...applications.map((a) => [
      a.application,
      cents(a.billedUsd),
      cents(a.forecastUsd),
      cents(a.budgetUsd),
      a.budgetUsd === undefined || a.billedUsd === undefined
        ? '-'
        : `${Math.round((a.billedUsd / a.budgetUsd) * 100)} %`,
      estimate(a),
      cents(a.dailyLimitUsd),
      STATES[a.state],
    ]),
    ...(shared === undefined ? [] : [['(shared by all)', cents(shared), '-', '-', '-', '-', '-', '']]),
    ...(total === undefined ? [] : [['all', cents(total), cents(forecastTotal(report)), '-', '-', '-', '-', '']]),
  ];
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

export const PART_HEADINGS = ['billed', 'forecast, by share'] as const;

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
        ...(ofApplications ? [part.application === '' ? '(shared by all)' : part.application] : []),
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
