import { groupBy } from '../../../aws/group-by';
import { visible } from '../../config/invisible';
import type { ProbeResult, VerificationResult } from '../../proof/verification/verification-result';
import { counted } from '../format/counted';
import { table } from '../format/table';

/** How often a fault hit, of the calls that it could have hit. */
export interface FaultCount {
  readonly fault: string;
  readonly does: string;
  readonly calls: number;
  readonly injected: number;
}

const SHOWN = 3;

/** Whether Bedrock was asked more than once. */
export function triedAgain({ attempts }: ProbeResult): boolean {
  return attempts > 1;
}

/** What was injected into a run, what trying again was good for, and what remained. */
export function faultLines(faults: readonly FaultCount[], result: VerificationResult): readonly string[] {
  const again = result.probes.filter(triedAgain);
  const recovered = again.filter(({ asIntended }) => asIntended).length;
  const remained = result.probes.filter(({ asIntended }) => !asIntended);
  return [
    'Faults injected into calls that IAM allowed (the same run meets the same ones):',
    ...table(
      [
        { heading: 'fault' },
        { heading: 'hit', numbers: true },
        { heading: 'of calls', numbers: true },
        { heading: 'what it does' },
      ],
      faults.map(({ fault, injected, calls, does }) => [
        fault,
        String(injected),
        String(calls),
        calls === 0 ? `${does}; no call was made that it has a meaning for` : does,
      ]),
    ),
    `Tried again: ${counted(again.length, 'probe')}; ${recovered} came out as intended.`,
    ...(remained.length === 0
      ? ['Nothing remained.']
      : [`What remained, ${counted(remained.length, 'probe')}:`, ...remainedTable(remained)]),
    '',
  ];
}

/** One row a cause: a role that cannot be used makes one of all its probes. */
function remainedTable(probes: readonly ProbeResult[]): readonly string[] {
  const byCause = groupBy(probes, ({ outcome, cause }) => JSON.stringify([outcome, cause]));
  return table(
    [{ heading: 'probes', numbers: true }, { heading: 'outcome' }, { heading: 'because' }, { heading: 'which' }],
    [...byCause.values()].map((met) => [
      String(met.length),
      met[0].outcome,
      visible(met[0].cause ?? ''),
      visible(
        [
          ...met.slice(0, SHOWN).map(({ application, alias, probe }) => `${application}/${alias} ${probe}`),
          ...(met.length > SHOWN ? [`and ${met.length - SHOWN} more`] : []),
        ].join(', '),
      ),
    ]),
  );
}
