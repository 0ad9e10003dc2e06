import { groupBy } from '../../../aws/group-by';
import type { ProbeResult, VerificationResult } from '../../proof/verification/verification-result';
import { table } from '../format/table';
import { estimatedUsd, totalDollars } from './estimated-usd';
import { wasRetried } from './fault-lines';
import { probeWords } from './probe-words';

const outcomeText = ({ outcome, asIntended }: ProbeResult): string => `${asIntended ? '✓' : '✗'} ${outcome}`;

/** Groups results that share a key, in the order of each group's first result. `--json` and `--out` list each result. */
function groupByKey(
  probes: readonly ProbeResult[],
  keyOf: (probe: ProbeResult) => readonly unknown[],
): readonly (readonly [ProbeResult, ...ProbeResult[]])[] {
  return [...groupBy(probes, (probe) => JSON.stringify(keyOf(probe))).values()];
}

/** Adds up the tokens of several probes. Returns an empty text when no probe counted tokens. */
function totalTokens(counts: readonly (number | undefined)[]): string {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? '' : String(known.reduce((a, b) => a + b, 0));
}

/** Builds the table of calls that must be allowed: one row for each generation and outcome, with the sums of its probes. */
export function allowedTable({ probes }: VerificationResult, region: string): readonly string[] {
  const allowed = probes.filter((p) => p.expected === 'allowed');
  const retried = allowed.some(wasRetried);
  return table(
    [
      { heading: 'application' },
      { heading: 'alias' },
      { heading: 'model' },
      { heading: 'routing' },
      { heading: 'probe' },
      { heading: 'outcome' },
      ...(retried ? [{ heading: 'tries', numbers: true }] : []),
      { heading: 'in', numbers: true },
      { heading: 'out', numbers: true },
      { heading: 'ms', numbers: true },
      { heading: 'est. USD', numbers: true },
    ],
    groupByKey(allowed, (p) => [
      ...[p.application, p.alias, p.generation, p.outcome, p.asIntended],
      ...(wasRetried(p) ? [p.probe] : []),
    ]).map((group) => {
      const [first] = group;
      return [
        ...[first.application, first.alias, first.modelId, first.routing],
        group.map((p) => p.probe).join(' '),
        outcomeText(first),
        ...(retried ? [wasRetried(first) ? String(first.attempts) : ''] : []),
        totalTokens(group.map((p) => p.inputTokens)),
        totalTokens(group.map((p) => p.outputTokens)),
        String(Math.round(group.reduce((ms, p) => ms + p.milliseconds, 0))),
        totalDollars(group.map((p) => estimatedUsd(p, region))),
      ];
    }),
  );
}

/** Builds the table of calls that must be denied: one row for each way around the profiles and outcome, with its calls. */
export function deniedTable({ probes }: VerificationResult): readonly string[] {
  const denied = probes.filter((p) => p.expected === 'denied');
  const retried = denied.some(wasRetried);
  return table(
    [
      { heading: 'called' },
      { heading: 'calls', numbers: true },
      { heading: 'applications', numbers: true },
      { heading: 'outcome' },
      ...(retried ? [{ heading: 'tries', numbers: true }] : []),
      { heading: 'example' },
    ],
    groupByKey(denied, (p) => [p.probe, p.outcome, p.asIntended]).map((group) => {
      const [first] = group;
      return [
        probeWords(first.probe),
        String(group.length),
        String(new Set(group.map((p) => p.application)).size),
        outcomeText(first),
        ...(retried ? [String(group.reduce((n, p) => n + p.attempts, 0))] : []),
        `${shortTarget(first.target)}${first.calledRegion === undefined ? '' : ` in ${first.calledRegion}`}`,
      ];
    }),
  );
}

/** Returns the last part of an ARN. `--json` has the whole ARN. */
function shortTarget(target: string): string {
  return target.startsWith('arn:') ? target.split(':').slice(5).join(':') : target;
}
