import { visible } from '../../config/invisible';
import { counted } from '../format/counted';
import type { Colours } from '../format/problem-lines';
import type { Results } from '../format/results';

/** The result of lifting the denial of an application that reached its limit. */
export interface ReleaseReport {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly application: string;
  /** ARN of the principal that ran the command. */
  readonly by: string;
  /** Principals from which the denial was detached, such as `role dev_shop_lambda`. Empty when no principal was denied. */
  readonly released: readonly string[];
  /** Time of the release, in UTC. */
  readonly at?: string;
  /** New status of the budget action. */
  readonly note?: string;
  /** Steps that failed, each with the next step to take. */
  readonly failures: readonly string[];
}

export function releaseTable({ application, released, by, at }: ReleaseReport): Pick<Results, 'columns' | 'rows'> {
  return {
    columns: ['application', 'principal', 'by', 'at'],
    rows: released.map((principal) => [application, principal, by, at]),
  };
}

export function releaseLines(report: ReleaseReport, colours: Colours): readonly string[] {
  const { environment, account, region, application, released, note, failures } = report;
  const where = `${application} of ${environment} in ${account}, ${region}`;
  const verdict =
    failures.length > 0
      ? colours.tone('bad', `✗ not fully released  ${where}.`)
      : released.length === 0
        ? colours.tone('good', `✓ nothing to release  ${where}: its denial is attached to no principal.`)
        : colours.tone('good', `✓ released  ${where}: ${counted(released.length, 'principal')} may call its profiles.`);
  return [
    verdict,
    ...released.map((principal) => `  detached from ${visible(principal)}`),
    ...(note === undefined ? [] : [`  ${visible(note)}`]),
    ...failures.map((failure) => colours.tone('bad', `  ${visible(failure)}`)),
    ...(released.length === 0
      ? []
      : ["The release lasts until the alarm on daily costs goes off again, or until next month's budget is spent."]),
  ];
}
