import type { Match } from '../match/match';
import type { ParsedPolicy } from '../policy/parse-policy';
import type { ParsedStatement } from '../policy/parsed-statement';
import type { Refusal } from '../policy/refusal';
import type { DecidedBy, Layer } from './decision';

/** What the policies of one layer say about a request. */
export interface LayerFindings {
  readonly layer: Layer;
  /**
   * The first matching deny.
   *
   * @default - no deny matches
   */
  readonly deny?: DecidedBy;
  /**
   * The first matching allow.
   *
   * @default - no allow matches
   */
  readonly allow?: DecidedBy;
  readonly refusals: readonly Refusal[];
}

/** Asks every statement of a layer; `match` says whether one is about the request. */
export function judgeLayer(
  layer: Layer,
  policies: readonly ParsedPolicy[],
  match: (statement: ParsedStatement) => Match,
): LayerFindings {
  let deny: DecidedBy | undefined;
  let allow: DecidedBy | undefined;
  const undecided: Refusal[] = [];
  for (const policy of policies) {
    for (const statement of policy.statements) {
      const { sid, effect } = statement;
      const result = match(statement);
      if (typeof result !== 'boolean') {
        for (const reason of result) {
          undecided.push({ policy: policy.name, sid, reason });
        }
      } else if (result && effect === 'Deny') {
        deny ??= { layer, policy: policy.name, sid };
      } else if (result) {
        allow ??= { layer, policy: policy.name, sid };
      }
    }
  }
  const refusals = [...policies.flatMap((policy) => policy.refusals), ...undecided];
  return { layer, refusals, ...(deny === undefined ? {} : { deny }), ...(allow === undefined ? {} : { allow }) };
}
