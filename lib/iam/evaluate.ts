import type { AccessRequest } from './access-request';
import { decide } from './decide';
import type { Decision, Layer } from './decision';
import { judgeLayer, type LayerFindings } from './judge-layer';
import { matchStatement } from './match-statement';
import { parsePolicy } from './parse-policy';
import type { Policy } from './policy';
import { prepareRequest } from './prepared-request';

/** The policies that decide about one principal's requests. */
export interface PolicyLayers {
  readonly identity: readonly Policy[];
  /**
   * The permissions boundary.
   *
   * @default - none: it limits nothing
   */
  readonly boundary?: Policy;
  /**
   * The session policy.
   *
   * @default - none: it limits nothing
   */
  readonly session?: Policy;
}

/** Decides one request as IAM would, or refuses to where its documentation does not say. */
export function evaluate({ identity, boundary, session }: PolicyLayers, request: AccessRequest): Decision {
  const prepared = prepareRequest(request);
  const judge = (layer: Layer, policies: readonly Policy[]): LayerFindings =>
    judgeLayer(
      layer,
      policies.map((policy) => parsePolicy(policy, 'identity')),
      (statement) => matchStatement(statement, prepared),
    );
  return decide([
    judge('identity', identity),
    ...(boundary === undefined ? [] : [judge('boundary', [boundary])]),
    ...(session === undefined ? [] : [judge('session', [session])]),
  ]);
}
