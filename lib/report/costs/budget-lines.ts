import { visible } from '../../config/invisible';
import { counted } from '../format/counted';
import type { Colours } from '../format/problem-lines';
import type { Results } from '../format/results';

/** A denial that was lifted, and where. */
export interface ReleaseReport {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly application: string;
  /** ARN of who asked. */
  readonly by: string;
  /** From whom it was detached, such as `role dev_shop_lambda`; empty: nobody was denied. */
  readonly released: readonly string[];
  /** When, in UTC. */
  readonly at?: string;
  /** What became of the action of the budget. */
  readonly note?: string;
  /** What could not be done, each with the next step. */
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
      ? colours.tone('bad', `✗ not everything could be done  ${where}.`)
      : released.length === 0
        ? colours.tone('good', `✓ nothing to release  ${where}: nobody carries its denial.`)
        : colours.tone('good', `✓ released  ${where}: ${counted(released.length, 'principal')} may call its profiles.`);
  return [
    verdict,
    ...released.map((principal) => `  detached from ${visible(principal)}`),
    ...(note === undefined ? [] : [`  ${visible(note)}`]),
    ...failures.map((failure) => colours.tone('bad', `  ${visible(failure)}`)),
    ...(released.length === 0
      ? []
      : ["It stays so until the alarm on the day's dollars rings anew, or the next month's budget is spent."]),
  ];
}
