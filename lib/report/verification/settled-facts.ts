import type { SettledFact } from '../../proof/verification/verification-result';
import type { Verification } from './verification';

/** A fact as a report shows it. */
export interface ReportedFact extends SettledFact {
  /**
   * What stood in for AWS: a fact that it answers is not settled.
   *
   * @default - AWS itself was asked
   */
  readonly playedBy?: string;
}

/** The sandbox answers for IAM as one of its readings has it, and keeps no metrics. */
const WITHOUT_METRICS: readonly SettledFact['fact'][] = ['cache-metrics', 'counted-once'];

/** What a verification says about facts that AWS leaves open; what the sandbox plays settles none. */
export function settledFacts({ result: { settled = [] }, reading }: Verification): readonly ReportedFact[] {
  return reading === undefined
    ? settled
    : settled.map((fact) =>
        WITHOUT_METRICS.includes(fact.fact)
          ? { ...fact, settled: false, answer: 'only AWS can: the sandbox keeps no metrics' }
          : { ...fact, settled: false, ...(fact.settled && { playedBy: `the sandbox (reading ${reading})` }) },
      );
}

/** One line a fact. */
export function settledLine({ fact, application, alias, settled, playedBy, answer }: ReportedFact): string {
  const said = settled ? 'settled' : playedBy === undefined ? 'not settled' : `played by ${playedBy}`;
  return `${said}: ${answer} (${fact}, ${application}/${alias})`;
}
