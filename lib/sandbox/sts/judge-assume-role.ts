import type { Account, Principal } from '../../account/account';
import { resourceTags } from '../../account/resource/resource-tags';
import type { Decision } from '../../iam/evaluate/decision';
import { evaluate } from '../../iam/evaluate/evaluate';
import { evaluateTrust } from '../../iam/evaluate/evaluate-trust';
import type { AccessRequest, RequestContext } from '../../iam/match/access-request';
import type { Caller } from '../caller';
import { because, layersOf, type Verdict } from '../verdict';

/** A decision as a verdict about this check. */
function verdictOf(decision: Decision, check: AccessRequest): Verdict {
  return decision.decision === 'allowed'
    ? { decision: 'allowed' }
    : { decision: decision.decision, check, because: because(decision, check.action) };
}

/**
 * What the caller's own policies say when the trust policy names the caller itself.
 *
 * That allow stands without an identity policy; a deny anywhere still denies, and of a role the boundary and the session
 * policy must allow too (IAM User Guide, "Policy evaluation logic", resource-based policies that name a role's ARN).
 */
function judgeNamed(caller: Caller, check: AccessRequest): Verdict {
  const { boundary, session } = layersOf(caller);
  const own = evaluate(layersOf(caller), check);
  if (own.decision === 'explicitDeny' || own.decision === 'refused') {
    return verdictOf(own, check);
  }
  if (own.decision === 'implicitDeny' && caller.principal.kind === 'role') {
    const limits = [
      ...(boundary === undefined ? [] : [{ layer: 'boundary', policy: boundary } as const]),
      ...(session === undefined ? [] : [{ layer: 'session', policy: session } as const]),
    ];
    for (const { layer, policy } of limits) {
      const limited = evaluate({ identity: [policy] }, check);
      if (limited.decision !== 'allowed') {
        return verdictOf({ ...limited, layer }, check);
      }
    }
  }
  return { decision: 'allowed' };
}

/**
 * Whether the caller may assume the role, or give its session tags: its trust policy first, then what that leaves to the
 * caller's own policies.
 */
export function judgeAssumeRole(
  account: Account,
  caller: Caller,
  role: Principal,
  context: RequestContext,
  action: 'sts:AssumeRole' | 'sts:TagSession' = 'sts:AssumeRole',
): Verdict {
  const check = { action, resource: role.arn, context: { ...context, ...resourceTags(role.tags) } };
  if (role.trust === undefined) {
    return { decision: 'refused', check, because: `: the sandbox has not seen the trust policy of ${role.name}` };
  }
  const arns = [...new Set([caller.principal.arn, caller.arn])];
  const trusted = evaluateTrust(role.trust, { kind: 'aws', arns, accountId: account.accountId }, action, check.context);
  if (trusted.decision !== 'allowed') {
    return verdictOf(trusted, check);
  }
  return trusted.through === 'principal'
    ? judgeNamed(caller, check)
    : verdictOf(evaluate(layersOf(caller), check), check);
}
