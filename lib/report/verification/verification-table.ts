import type { Results } from '../format/results';
import { estimatedUsd } from './estimated-usd';
import type { Verification } from './verification';

/** Builds the table of a verification, with one row for each probe. Times are in milliseconds, costs in US dollars. */
export function verificationTable({ result, plan }: Verification): Pick<Results, 'columns' | 'rows'> {
  return {
    columns: [
      ...[
        'application',
        'alias',
        'generation',
        'model',
        'routing',
        'probe',
        'expected',
        'outcome',
        'principal',
        'target',
      ],
      ...[
        'inputTokens',
        'outputTokens',
        'milliseconds',
        'estimatedUsd',
        'deniedAction',
        'deniedArn',
        'answer',
        'cause',
      ],
    ],
    rows: result.probes.map((p) => [
      ...[p.application, p.alias, p.generation, p.modelId, p.routing, p.probe, p.expected, p.outcome],
      ...[p.principal, p.target, p.inputTokens, p.outputTokens, p.milliseconds, estimatedUsd(p, plan.region)],
      ...[
        p.deniedAction,
        p.deniedArn,
        p.error && `${p.error.status ?? ''} ${p.error.name}: ${p.error.message}`.trim(),
        p.cause,
      ],
    ]),
  };
}
