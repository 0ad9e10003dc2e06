import type { Decision } from '../iam/evaluate/decision';
import { evaluate, type PolicyLayers } from '../iam/evaluate/evaluate';
import type { AccessRequest } from '../iam/match/access-request';
import type { Caller } from './caller';

/** The check that IAM did not allow. */
export interface Denial {
  readonly decision: Exclude<Decision['decision'], 'allowed'>;
  readonly check: AccessRequest;
  /** Why, as the end of AWS's sentence; empty when no one layer explains it. */
  readonly because: string;
}

/** What IAM says to one call, which may be several checks. */
export type Verdict = { readonly decision: 'allowed' } | Denial;

/** The policies of a caller, as the evaluator takes them. */
export function layersOf({ principal, sessionPolicy }: Caller): PolicyLayers {
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

/** The end of AWS's sentence about a decision that is no allow. */
export function because({ decision, layer, refusals }: Decision, action: string): string {
  const [none, one] = LAYERS[layer];
  switch (decision) {
    case 'explicitDeny':
      return ` with an explicit deny in ${one}`;
    case 'refused':
      return ` because the sandbox cannot decide: ${refusals.map(({ policy, sid, reason }) => `${policy}${sid ? ` (${sid})` : ''}: ${reason}`).join('; ')}`;
    default:
      return ` because no ${none} allows the ${action} action`;
  }
}

/** Asks IAM about each check in turn; the first that is not allowed decides. */
export function judge(caller: Caller, checks: readonly AccessRequest[]): Verdict {
  const layers = layersOf(caller);
  for (const check of checks) {
    const outcome = evaluate(layers, check);
    if (outcome.decision !== 'allowed') {
      return { decision: outcome.decision, check, because: because(outcome, check.action) };
    }
  }
  return { decision: 'allowed' };
}
