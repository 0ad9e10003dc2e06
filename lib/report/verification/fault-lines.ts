import { groupBy } from '../../../aws/group-by';
import { visible } from '../../config/invisible';
import type { ProbeResult, VerificationResult } from '../../proof/verification/verification-result';
import { counted } from '../format/counted';
import { table } from '../format/table';

/** A fault, the number of calls it applied to, and the number of calls it was injected into. */
export interface FaultCount {
  readonly fault: string;
  readonly does: string;
  readonly calls: number;
  readonly injected: number;
}

/** Number of probes that a row names. */
const NAMED_PROBES = 3;

/** True when the probe called Bedrock more than once. */
export function wasRetried({ attempts }: ProbeResult): boolean {
  return attempts > 1;
}

/** Lists the faults injected into a run, counts the retried probes, and lists the probes that still failed. */
export function faultLines(faults: readonly FaultCount[], result: VerificationResult): readonly string[] {
  const retried = result.probes.filter(wasRetried);
  const recovered = retried.filter(({ asIntended }) => asIntended).length;
  const failed = result.probes.filter(({ asIntended }) => !asIntended);
  return [
    'Faults injected into calls that IAM allowed (a repeated run gets the same faults):',
    ...table(
      [
        { heading: 'fault' },
        { heading: 'injected', numbers: true },
        { heading: 'of calls', numbers: true },
        { heading: 'what it does' },
      ],
      faults.map(({ fault, injected, calls, does }) => [
        fault,
        String(injected),
        String(calls),
        calls === 0 ? `${does}; it applied to no call of this run` : does,
      ]),
    ),
    `Retried: ${counted(retried.length, 'probe')}; ${recovered} ended as intended.`,
    ...(failed.length === 0
      ? ['No probe failed in the end.']
      : [`Failed in the end: ${counted(failed.length, 'probe')}`, ...failedTable(failed)]),
    '',
  ];
}

/** Builds a table with one row for each cause. All probes of a role that cannot be used share a row. */
function failedTable(probes: readonly ProbeResult[]): readonly string[] {
  const byCause = groupBy(probes, ({ outcome, cause }) => JSON.stringify([outcome, cause]));
  return table(
    [{ heading: 'probes', numbers: true }, { heading: 'outcome' }, { heading: 'because' }, { heading: 'which' }],
    [...byCause.values()].map((group) => [
      String(group.length),
      group[0].outcome,
      visible(group[0].cause ?? ''),
      visible(
        [
          ...group.slice(0, NAMED_PROBES).map(({ application, alias, probe }) => `${application}/${alias} ${probe}`),
          ...(group.length > NAMED_PROBES ? [`and ${group.length - NAMED_PROBES} more`] : []),
        ].join(', '),
      ),
    ]),
  );
}
