import type { Decision } from '../iam/evaluate/decision';
import { evaluate, type PolicyLayers } from '../iam/evaluate/evaluate';
import type { AccessRequest } from '../iam/match/access-request';
import type { Caller } from './caller';

/** The check that IAM did not allow. */
export interface Denial {
  readonly decision: Exclude<Decision['decision'], 'allowed'>;
  readonly check: AccessRequest;
  /** End of AWS's sentence that gives the reason; empty when no single layer explains the denial. */
  readonly reason: string;
}

/** The access decision on one call, which may consist of several checks. */
export type Verdict = { readonly decision: 'allowed' } | Denial;

/** Returns the policies of a caller in the form that the evaluator takes. */
export function callerLayers({ principal, sessionPolicy }: Caller): PolicyLayers {
  return {
    identity: principal.policies,
    ...(principal.boundary !== undefined && { boundary: principal.boundary }),
    ...(sessionPolicy !== undefined && { session: sessionPolicy }),
  };
}

const LAYERS = {
  identity: ['identity-based policy', 'an identity-based policy'],
  boundary: ['permissions boundary', 'a permissions boundary'],
  session: ['session policy', 'a session policy'],
  serviceControl: ['service control policy', 'a service control policy'],
  endpoint: ['VPC endpoint policy', 'a VPC endpoint policy'],
  trust: ['role trust policy', 'the role trust policy'],
} as const;

/** Returns the end of AWS's sentence about a denial, which gives the reason. */
export function denialReason({ decision, layer, refusals }: Decision, action: string): string {
  const [layerName, layerWithArticle] = LAYERS[layer];
  switch (decision) {
    case 'explicitDeny':
      return ` with an explicit deny in ${layerWithArticle}`;
    case 'refused':
      return ` because the sandbox cannot decide: ${refusals.map(({ policy, sid, reason }) => `${policy}${sid ? ` (${sid})` : ''}: ${reason}`).join('; ')}`;
    default:
      return ` because no ${layerName} allows the ${action} action`;
  }
}

/** Evaluates the checks in turn. The first one that is denied decides the call. */
export function judge(caller: Caller, checks: readonly AccessRequest[]): Verdict {
  const layers = callerLayers(caller);
  for (const check of checks) {
    const outcome = evaluate(layers, check);
    if (outcome.decision !== 'allowed') {
      return { decision: outcome.decision, check, reason: denialReason(outcome, check.action) };
    }
  }
  return { decision: 'allowed' };
}
