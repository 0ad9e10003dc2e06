import type { InvokeAction } from '../../account/invoke-checks';
import { ENDPOINT_SERVICES, type EndpointService } from '../../catalog/endpoint-services';
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
    ...(endpoint === undefined || callsFromOutside(planned)
      ? []
      : [{ name: 'endpoint' as const, policies: [endpoint], layers: { identity: [ALL], endpoint } }]),
  ];
}

/** The verification calls as the probe roles, from outside every VPC. */
export function callsFromOutside(planned: PlannedPrincipal): boolean {
  return planned.origin === 'application' && planned.role.principal.kind === 'probe';
}

/** A policy that is given as the endpoint's is the one of bedrock-runtime. */
export function applies({ name }: OuterLayer, { action }: AccessRequest): boolean {
  return name !== 'endpoint' || endpointOf(action) === 'bedrock-runtime';
}

/** Returns the service whose endpoint carries an action, or `undefined` if no endpoint of this project does. */
export function endpointOf(action: string): EndpointService | undefined {
  if (INVOKE_ACTIONS.includes(action as InvokeAction) || action === 'bedrock:ApplyGuardrail') {
    return 'bedrock-runtime';
  }
  const [prefix = ''] = action.split(':');
  return ENDPOINT_SERVICES.find((service) => service === prefix);
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
