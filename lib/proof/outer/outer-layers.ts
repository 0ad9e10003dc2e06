import type { InvokeAction } from '../../account/invoke-checks';
import type { Decision } from '../../iam/evaluate/decision';
import { evaluate } from '../../iam/evaluate/evaluate';
import type { PolicyLayers } from '../../iam/evaluate/policy-layers';
import type { AccessRequest } from '../../iam/match/access-request';
import type { Policy } from '../../iam/policy/policy';
import type { PlannedPrincipal } from '../../plan/environment/principals';
import { INVOKE_ACTIONS } from '../../plan/parts/statement';
import type { Denial } from './denial';
import { ALL, denyingStatement } from './merged-statement';
import type { OuterPolicies } from './outer-policies';

/** The policies of one level of the organization, of a session or of an endpoint. Each must allow every request. */
export interface OuterLayer {
  readonly name: Denial['layer'];
  readonly policies: readonly Policy[];
  readonly layers: PolicyLayers;
}

/**
 * Lists the layers that limit a principal. A role that serves this project itself is assumed by a service, without a
 * session policy.
 */
export function outerLayers(
  { serviceControl, session, endpoint }: OuterPolicies,
  planned: PlannedPrincipal,
): readonly OuterLayer[] {
  return [
    ...serviceControl.map(
      (level): OuterLayer => ({
        name: 'serviceControl',
        policies: level,
        layers: { identity: [ALL], serviceControl: [level] },
      }),
    ),
    ...(session === undefined || planned.origin === 'service'
      ? []
      : [{ name: 'session' as const, policies: [session], layers: { identity: [ALL], session } }]),
    ...(endpoint === undefined
      ? []
      : [{ name: 'endpoint' as const, policies: [endpoint], layers: { identity: [ALL], endpoint } }]),
  ];
}

/** The endpoint of bedrock-runtime carries calls of models and guardrails, but no look-ups. */
export function applies({ name }: OuterLayer, { action }: AccessRequest): boolean {
  return name !== 'endpoint' || INVOKE_ACTIONS.includes(action as InvokeAction) || action === 'bedrock:ApplyGuardrail';
}

export function decide({ layers }: OuterLayer, request: AccessRequest): Decision {
  return evaluate(layers, request);
}

/** Returns the statement that denies a request, or the reason why it is not decided. */
export function causeOfDecision(
  { policies }: OuterLayer,
  { decidedBy: [by], refusals: [refusal] }: Decision,
  request: AccessRequest,
): Pick<Denial, 'by' | 'statement' | 'refusal'> {
  const policy = policies.find((p) => p.name === by?.policy);
  const statement = policy && denyingStatement(policy, by?.sid, request);
  return {
    ...(by !== undefined && { by }),
    ...(statement !== undefined && { statement }),
    ...(refusal !== undefined && { refusal }),
  };
}
