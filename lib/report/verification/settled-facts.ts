import type { SettledFact } from '../../proof/verification/verification-result';
import type { Verification } from './verification';

/** A fact that AWS does not document, with the answer that a report shows. */
export interface ReportedFact extends SettledFact {
  /**
   * The stand-in for AWS that gave the answer. Its answer does not settle the fact.
   *
   * @default - AWS itself gave the answer
   */
  readonly simulatedBy?: string;
}

/** Facts that only CloudWatch metrics can settle. The sandbox keeps no metrics. */
const WITHOUT_METRICS: readonly SettledFact['fact'][] = ['cache-metrics', 'counted-once'];

/** Lists the facts that AWS does not document, with the answers of a verification. The sandbox settles none of them. */
export function settledFacts({ result: { settled = [] }, reading }: Verification): readonly ReportedFact[] {
  return reading === undefined
    ? settled
    : settled.map((fact) =>
        WITHOUT_METRICS.includes(fact.fact)
          ? { ...fact, settled: false, answer: 'the sandbox keeps no metrics' }
          : { ...fact, settled: false, ...(fact.settled && { simulatedBy: `the sandbox (reading ${reading})` }) },
      );
}

/** Formats a fact as one line. */
export function settledLine({ fact, application, alias, settled, simulatedBy, answer }: ReportedFact): string {
  const state = settled ? 'settled' : simulatedBy === undefined ? 'not settled' : `simulated by ${simulatedBy}`;
  return `${state}: ${answer} (${fact}, ${application}/${alias})`;
}
