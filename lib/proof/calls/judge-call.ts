import type { Account, Principal } from '../../account/account';
import { invokeChecks } from '../../account/invoke-checks';
import { invokeTarget } from '../../account/invoke-target';
import type { SystemProfileReading } from '../../account/system-profile-reading';
import { evaluate } from '../../iam/evaluate/evaluate';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { missingStatement } from '../finding/missing-statement';
import { finding, type PrincipalFinding } from '../finding/principal-finding';
import { knownKeys } from './known-keys';
import type { WholeCall } from './whole-calls';

/** Reports a whole call whose decision, under a reading of the system profile, is not the expected one. */
export function judgeCall(
  plan: AccessPlan,
  account: Account,
  reading: SystemProfileReading,
  principal: Principal,
  call: WholeCall,
): readonly PrincipalFinding[] {
  const target = invokeTarget(account, call.target);
  const place = `${call.application}/${call.alias}`;
  if (target.kind === 'unknown') {
    return [finding(principal.arn, `${place}: ${target.message}`)];
  }
  const { guardrail, tier, action } = call;
  const unseen = [...principal.policies, ...(principal.boundary ? [principal.boundary] : [])].find(
    (p) => p.document === undefined,
  );
  if (unseen !== undefined) {
    return [finding(principal.arn, `access cannot be decided: ${unseen.name} is not in the templates; remove it`)];
  }
  const checks = invokeChecks({
    account,
    target,
    action,
    reading,
    ...(guardrail && { guardrail }),
    ...(tier !== undefined && { tier }),
  });
  const who = { ...knownKeys(account, principal), 'aws:PrincipalArn': [principal.arn] };
  const layers = { identity: principal.policies, ...(principal.boundary && { boundary: principal.boundary }) };
  for (const check of checks) {
    const decision = evaluate(layers, { ...check, context: { ...who, ...check.context } });
    if (decision.decision === 'refused') {
      const [refusal] = decision.refusals;
      const where = `${refusal?.policy}${refusal?.sid === undefined ? '' : `, statement ${refusal.sid}`}`;
      return [finding(principal.arn, `access cannot be decided: ${where}: ${refusal?.reason}`)];
    }
    if (decision.decision !== 'allowed') {
      const { resource: arn } = check;
      const denied = { application: call.application, generation: call.generation, action: check.action, arn };
      return call.expected === 'denied'
        ? []
        : [
            finding(
              principal.arn,
              `${place}: may not call ${call.targetWords}: ${arn} is denied`,
              check.action,
              // No further allow statement can override an explicit deny.
              decision.decision === 'implicitDeny' ? missingStatement(plan, account, denied) : undefined,
            ),
          ];
    }
  }
  return call.expected === 'allowed'
    ? []
    : [
        finding(
          principal.arn,
          `${place}: may call ${call.targetWords}, which the environment file does not grant`,
          action,
        ),
      ];
}
