import { groupBy } from '../../../aws/group-by';
import type { ProbeResult, VerificationResult } from '../../proof/verification/verification-result';
import { table } from '../format/table';
import { triedAgain } from './fault-lines';
import { estimatedUsd, totalDollars } from './probe-usd';
import { probeWords } from './probe-words';

const outcome = ({ outcome: found, asIntended }: ProbeResult): string => `${asIntended ? '✓' : '✗'} ${found}`;

/** Results that read alike, in the order of the first of each; `--json` and `--out` have every one. */
function alike(
  probes: readonly ProbeResult[],
  keyOf: (probe: ProbeResult) => readonly unknown[],
): readonly (readonly [ProbeResult, ...ProbeResult[]])[] {
  return [...groupBy(probes, (probe) => JSON.stringify(keyOf(probe))).values()];
}

/** Tokens of several probes; nothing where none of them counted any. */
function tokens(counts: readonly (number | undefined)[]): string {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? '' : String(known.reduce((a, b) => a + b, 0));
}

/** What must be allowed: a row for each generation and outcome, with the sums of its probes. */
export function allowedTable({ probes }: VerificationResult, region: string): readonly string[] {
  const allowed = probes.filter((p) => p.expected === 'allowed');
  const again = allowed.some(triedAgain);
  return table(
    [
      { heading: 'application' },
      { heading: 'alias' },
      { heading: 'model' },
      { heading: 'routing' },
      { heading: 'probe' },
      { heading: 'outcome' },
      ...(again ? [{ heading: 'tries', numbers: true }] : []),
      { heading: 'in', numbers: true },
      { heading: 'out', numbers: true },
      { heading: 'ms', numbers: true },
      { heading: 'est. USD', numbers: true },
    ],
    alike(allowed, (p) => [
      ...[p.application, p.alias, p.generation, p.outcome, p.asIntended],
      ...(triedAgain(p) ? [p.probe] : []),
    ]).map((group) => {
      const [first] = group;
      return [
        ...[first.application, first.alias, first.modelId, first.routing],
        group.map((p) => p.probe).join(' '),
        outcome(first),
        ...(again ? [triedAgain(first) ? String(first.attempts) : ''] : []),
        tokens(group.map((p) => p.inputTokens)),
        tokens(group.map((p) => p.outputTokens)),
        String(Math.round(group.reduce((ms, p) => ms + p.milliseconds, 0))),
        totalDollars(group.map((p) => estimatedUsd(p, region))),
      ];
    }),
  );
}

/** What must be denied: a row for each way around the profiles and each outcome, with how many calls took it. */
export function deniedTable({ probes }: VerificationResult): readonly string[] {
  const denied = probes.filter((p) => p.expected === 'denied');
  const again = denied.some(triedAgain);
  return table(
    [
      { heading: 'called' },
      { heading: 'calls', numbers: true },
      { heading: 'of applications', numbers: true },
      { heading: 'outcome' },
      ...(again ? [{ heading: 'tries', numbers: true }] : []),
      { heading: 'such as' },
    ],
    alike(denied, (p) => [p.probe, p.outcome, p.asIntended]).map((group) => {
      const [first] = group;
      return [
        probeWords(first.probe),
        String(group.length),
        String(new Set(group.map((p) => p.application)).size),
        outcome(first),
        ...(again ? [String(group.reduce((n, p) => n + p.attempts, 0))] : []),
        `${shortTarget(first.target)}${first.calledRegion === undefined ? '' : ` in ${first.calledRegion}`}`,
      ];
    }),
  );
}

/** The last part of an ARN; whole ARNs stand in `--json`. */
function shortTarget(target: string): string {
  return target.startsWith('arn:') ? target.split(':').slice(5).join(':') : target;
}
