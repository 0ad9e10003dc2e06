import type { Account, Principal } from '../../account/account';
import { resourceTags } from '../../account/resource/resource-tags';
import type { Decision } from '../../iam/evaluate/decision';
import { evaluate } from '../../iam/evaluate/evaluate';
import { evaluateTrust } from '../../iam/evaluate/evaluate-trust';
import type { AccessRequest, RequestContext } from '../../iam/match/access-request';
import type { Caller } from '../caller';
import { callerLayers, denialReason, type Verdict } from '../verdict';

/** Turns the decision on a check into a verdict. */
function toVerdict(decision: Decision, check: AccessRequest): Verdict {
  return decision.decision === 'allowed'
    ? { decision: 'allowed' }
    : { decision: decision.decision, check, reason: denialReason(decision, check.action) };
}

/**
 * Decides a request whose trust policy names the caller itself.
 *
 * The caller then needs no identity policy that allows the request, but a deny in any of its policies still denies it.
 * For a role, the boundary and the session policy must also allow it (IAM User Guide, "Policy evaluation logic",
 * resource-based policies that name a role's ARN).
 */
function judgeNamedCaller(caller: Caller, check: AccessRequest): Verdict {
  const { boundary, session } = callerLayers(caller);
  const decision = evaluate(callerLayers(caller), check);
  if (decision.decision === 'explicitDeny' || decision.decision === 'refused') {
    return toVerdict(decision, check);
  }
  if (decision.decision === 'implicitDeny' && caller.principal.kind === 'role') {
    const limits = [
      ...(boundary === undefined ? [] : [{ layer: 'boundary', policy: boundary } as const]),
      ...(session === undefined ? [] : [{ layer: 'session', policy: session } as const]),
    ];
    for (const { layer, policy } of limits) {
      const limited = evaluate({ identity: [policy] }, check);
      if (limited.decision !== 'allowed') {
        return toVerdict({ ...limited, layer }, check);
      }
    }
  }
  return { decision: 'allowed' };
}

/**
 * Decides whether the caller may assume the role or tag its session.
 *
 * The role's trust policy is evaluated first. Unless it denies the request, the caller's own policies are next.
 */
export function judgeAssumeRole(
  account: Account,
  caller: Caller,
  role: Principal,
  context: RequestContext,
  action: 'sts:AssumeRole' | 'sts:AssumeRoleWithWebIdentity' | 'sts:TagSession' | 'sts:SetSourceIdentity',
): Verdict {
  const check = { action, resource: role.arn, context: { ...context, ...resourceTags(role.tags) } };
  if (role.trust === undefined) {
    return { decision: 'refused', check, reason: `: the sandbox does not know the trust policy of ${role.name}` };
  }
  if (caller.outside !== undefined) {
    // The caller's own policies are not known here. They are taken to allow everything.
    return toVerdict(evaluateTrust(role.trust, caller.outside.caller, action, check.context), check);
  }
  const arns = [...new Set([caller.principal.arn, caller.arn])];
  const trusted = evaluateTrust(role.trust, { kind: 'aws', arns, accountId: account.accountId }, action, check.context);
  if (trusted.decision !== 'allowed') {
    return toVerdict(trusted, check);
  }
  return trusted.through === 'principal'
    ? judgeNamedCaller(caller, check)
    : toVerdict(evaluate(callerLayers(caller), check), check);
}
