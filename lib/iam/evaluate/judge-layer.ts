import type { Match } from '../match/match';
import type { ParsedPolicy } from '../policy/parse-policy';
import type { ParsedStatement } from '../policy/parsed-statement';
import type { Refusal } from '../policy/refusal';
import type { DecidedBy, Layer } from './decision';

/** Statements of one layer that match a request, and the reasons why others could not be decided. */
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

/** Finds the statements of a layer that match a request; `match` tests one statement. */
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
