import { visible } from '../../config/invisible';
import { counted } from '../format/counted';
import type { Colours } from '../format/problem-lines';
import type { Results } from '../format/results';

/** The result of denying an application its profiles by hand, or of releasing it. */
export interface BudgetReport {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly application: string;
  readonly order: 'deny' | 'release';
  /** Why the application is denied. Only with `deny`. */
  readonly reason?: string;
  /** ARN of the principal that ran the command. */
  readonly by: string;
  /** Principals that the denial was attached to, or detached from. */
  readonly principals: readonly string[];
  /** Principals whose own access policies were detached instead, or attached again by a release. */
  readonly withoutAccess: readonly string[];
  /** Time of the act, in UTC. */
  readonly at?: string;
  /** Further details, such as the new status of the budget action. */
  readonly note?: string;
  /** Steps that failed, each with the next step to take. */
  readonly failures: readonly string[];
}

/** Builds the table of an order, with one row for each principal that it changed. */
export function budgetTable(report: BudgetReport): Pick<Results, 'columns' | 'rows'> {
  const { application, order, principals, withoutAccess, by, at } = report;
  const denies = order === 'deny';
  return {
    columns: ['application', 'principal', 'change', 'by', 'at'],
    rows: [
      ...principals.map((p) => [application, p, denies ? 'denial attached' : 'denial detached', by, at]),
      ...withoutAccess.map((p) => [
        application,
        p,
        denies ? 'access policies detached' : 'access policies attached again',
        by,
        at,
      ]),
    ],
  };
}

export function budgetLines(report: BudgetReport, colours: Colours): readonly string[] {
  const { order, principals, withoutAccess, note, failures } = report;
  const denies = order === 'deny';
  return [
    verdict(report, colours),
    ...principals.map((p) => `  denial ${denies ? 'attached to' : 'detached from'} ${visible(p)}`),
    ...withoutAccess.map(
      (p) =>
        `  access policies ${denies ? `detached from ${visible(p)}, which has no room for the denial` : `attached again to ${visible(p)}`}`,
    ),
    ...(note === undefined ? [] : [`  ${visible(note)}`]),
    ...failures.map((failure) => colours.tone('bad', `  ${visible(failure)}`)),
    ...nextLines(report),
  ];
}

function verdict(report: BudgetReport, colours: Colours): string {
  const { environment, account, region, application, order, principals, withoutAccess, failures } = report;
  const where = `${application} of ${environment} in ${account}, ${region}`;
  const changed = counted(principals.length + withoutAccess.length, 'principal');
  const nothing = principals.length + withoutAccess.length === 0;
  if (failures.length > 0) {
    return colours.tone('bad', `✗ not fully ${order === 'deny' ? 'denied' : 'released'}  ${where}.`);
  }
  if (order === 'deny') {
    return colours.tone(
      'good',
      nothing
        ? `✓ held  ${where}: all its principals were denied already.`
        : `✓ denied  ${where}: ${changed} can no longer call its profiles.`,
    );
  }
  return colours.tone(
    'good',
    nothing
      ? `✓ nothing to release  ${where}: its denial is attached to no principal.`
      : `✓ released  ${where}: ${changed} may call its profiles.`,
  );
}

function nextLines({ environment, application, order, principals, withoutAccess }: BudgetReport): readonly string[] {
  if (order === 'deny') {
    return [`The denial lasts until somebody runs: npx bedrock-access budget ${environment} ${application} --release`];
  }
  return principals.length + withoutAccess.length === 0
    ? []
    : ['Until the end of this day in UTC, only a person or the spent budget of the month denies it again.'];
}
