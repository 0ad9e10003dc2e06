import type { RequestContext } from '../match/access-request';
import type { Caller } from '../match/caller';
import { matchPrincipal } from '../match/match-principal';
import { matchStatement } from '../match/match-statement';
import { prepareRequest } from '../match/prepared-request';
import { parsePolicy } from '../policy/parse-policy';
import type { Policy } from '../policy/policy';
import { decide } from './decide';
import type { Decision } from './decision';
import { judgeLayer, type LayerFindings } from './judge-layer';

export type { Caller } from '../match/caller';

export type TrustDecision = Decision & {
  /**
   * Way in which the matching allow names the caller: `principal` for the caller itself (or its service or identity
   * provider), `account` for its account only. With `account`, a caller in the role's own account also needs an
   * identity policy that allows sts:AssumeRole on the role.
   *
   * @default - the decision is not `allowed`
   */
  readonly through?: 'principal' | 'account';
};

/**
 * Decides whether the role's trust policy lets the caller perform the action, e.g. sts:AssumeRole.
 *
 * An allow that names the caller itself takes precedence over one that names only its account. A deny that names the
 * account applies to every principal in it (IAM User Guide, "AWS JSON policy elements: Principal").
 */
export function evaluateTrust(trust: Policy, caller: Caller, action: string, context: RequestContext): TrustDecision {
  const request = prepareRequest({ action, resource: '*', context });
  const policy = parsePolicy(trust, 'trust');
  const judge = (accepted: readonly (string | undefined)[]): LayerFindings =>
    judgeLayer('trust', [policy], (statement) => {
      const namedAs = matchPrincipal(statement.principals, caller);
      const applies = namedAs !== undefined && (statement.effect === 'Deny' || accepted.includes(namedAs));
      return applies && matchStatement(statement, request);
    });
  const all = judge(['principal', 'account']);
  const { allow } = judge(['principal']);
  const decision = decide([all.allow === undefined || allow === undefined ? all : { ...all, allow }]);
  if (decision.decision !== 'allowed') {
    return decision;
  }
  return { ...decision, through: allow === undefined ? 'account' : 'principal' };
}
