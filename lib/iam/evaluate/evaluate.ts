import type { AccessRequest } from '../match/access-request';
import { matchStatement } from '../match/match-statement';
import { prepareRequest } from '../match/prepared-request';
import { decide } from './decide';
import type { Decision } from './decision';
import { judgeLayer } from './judge-layer';
import { type PolicyLayers, parseLayers } from './policy-layers';

export type { PolicyLayers } from './policy-layers';

/** Decides one request as IAM would. Refuses to decide if the IAM documentation does not define the answer. */
export function evaluate(layers: PolicyLayers, request: AccessRequest): Decision {
  const prepared = prepareRequest(request);
  return decide(
    parseLayers(layers).map(({ layer, policies }) =>
      judgeLayer(layer, policies, (statement) => matchStatement(statement, prepared)),
    ),
  );
}
