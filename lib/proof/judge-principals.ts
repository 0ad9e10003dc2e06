import type { Account, Principal } from '../account/account';
import { type InvokeAction, invokeChecks } from '../account/invoke-checks';
import { invokeTarget } from '../account/invoke-target';
import type { SystemProfileReading } from '../account/system-profile-reading';
import { evaluate } from '../iam/evaluate';
import type { AccessPlan } from '../plan/access-plan';
import type { ApplicationPlan } from '../plan/application-plan';
import type { GenerationPlan } from '../plan/generation-plan';
import { roleArn } from '../plan/names';
import { INVOKE_ACTIONS } from '../plan/statement';
import { compareResources } from './compare-resources';
import { compareWithPlan } from './compare-with-plan';
import { judgeTrust } from './judge-trust';
import { missingStatement } from './missing-statement';
import { finding, merged, type PrincipalFinding } from './principal-finding';
import { serviceCases, trustCases } from './trust-cases';

export interface PrincipalVerdict {
  /** Principals that were judged. */
  readonly principals: number;
  /** Whole calls and requests to assume a role that were decided. */
  readonly decisions: number;
  readonly findings: readonly PrincipalFinding[];
}

/**
 * Judges the principals that the probes do not run as, by evaluating whole calls from the templates: each may call every
 * profile of its application and nobody else's, neither the models nor the system profiles behind them, and each role may
 * be assumed by those the file names alone. What the templates hold is compared with the plan to the letter besides.
 */
export function judgePrincipals(plan: AccessPlan, account: Account, reading: SystemProfileReading): PrincipalVerdict {
  const findings: PrincipalFinding[] = [];
  let decisions = 0;
  let principals = 0;
  for (const application of plan.applications) {
    for (const { label, find } of principalsOf(application)) {
      principals += 1;
      const principal = account.principals.find(find);
      if (principal === undefined) {
        findings.push(finding(label, `${application.name}: the templates give ${label} no access at all`));
        continue;
      }
      const calls = callsOf(plan, application, account);
      decisions += calls.length;
      findings.push(...calls.flatMap((call) => judgeCall(plan, account, reading, principal, call)));
    }
    for (const role of application.roles) {
      const cases = trustCases(plan, role);
      decisions += cases.length;
      findings.push(...judgeTrust(application.name, role, account, cases));
    }
  }
  const lambda = serviceCases('lambda.amazonaws.com');
  const name = plan.verification.roleName;
  findings.push(...judgeTrust('verification', { name, arn: roleArn(plan, name) }, account, lambda));
  findings.push(...compareWithPlan(plan, account), ...compareResources(plan, account));
  return { principals, decisions: decisions + lambda.length, findings: merged(findings) };
}

interface Judged {
  readonly label: string;
  readonly find: (principal: Principal) => boolean;
}

function principalsOf(application: ApplicationPlan): readonly Judged[] {
  const existing = (kind: 'role' | 'user') => (name: string) => ({
    label: `${kind} ${name}`,
    find: (p: Principal) => p.kind === kind && p.name === name,
  });
  return [
    ...application.roles
      .filter((r) => !r.path.endsWith('/probe/'))
      .map((r) => ({ label: `role ${r.name}`, find: (p: Principal) => p.arn === r.arn })),
    ...application.existingRoles.map(existing('role')),
    ...application.existingUsers.map(existing('user')),
  ];
}

interface Call {
  readonly application: string;
  readonly alias: string;
  readonly what: string;
  readonly target: string;
  readonly action: InvokeAction;
  readonly guardrail?: { readonly arn: string; readonly identifier: string };
  readonly expected: 'allowed' | 'denied';
}

function callsOf(plan: AccessPlan, own: ApplicationPlan, account: Account): readonly Call[] {
  const arnOf = (g: GenerationPlan): string =>
    account.profiles.find((p) => p.name === g.profileName)?.arn ?? g.profileName;
  const { guardrail } = own;
  const guarded = guardrail && {
    guardrail: { arn: guardrail.arn, identifier: `${guardrail.arn}:${guardrail.version}` },
  };
  const streams = (g: GenerationPlan): readonly InvokeAction[] =>
    g.kind === 'chat' ? INVOKE_ACTIONS : ['bedrock:InvokeModel'];

  return plan.applications.flatMap((application) =>
    application.generations.flatMap((g): readonly Call[] => {
      const call = { application: application.name, alias: g.alias };
      const through = { ...call, target: arnOf(g), ...(g.kind === 'chat' && guarded) };
      if (application !== own) {
        return [
          { ...through, what: "another application's profile", action: 'bedrock:InvokeModel', expected: 'denied' },
        ];
      }
      const around = [g.modelId, ...(g.systemProfileId === undefined ? [] : [g.systemProfileId])];
      return [
        ...streams(g).map((action) => ({ ...through, what: 'its profile', action, expected: 'allowed' as const })),
        // What a principal that exists already may do besides is not known, and its own policies may allow it.
        ...around.flatMap((target) =>
          streams(g).map((action) => ({
            ...call,
            ...guarded,
            target,
            what: target,
            action,
            expected: 'denied' as const,
          })),
        ),
      ];
    }),
  );
}

function judgeCall(
  plan: AccessPlan,
  account: Account,
  reading: SystemProfileReading,
  principal: Principal,
  call: Call,
): readonly PrincipalFinding[] {
  const target = invokeTarget(account, call.target);
  const place = `${call.application}/${call.alias}`;
  if (target.kind === 'unknown') {
    return [finding(principal.arn, `${place}: ${target.message}`)];
  }
  const { guardrail, action } = call;
  const unseen = [...principal.policies, ...(principal.boundary ? [principal.boundary] : [])].find(
    (p) => p.document === undefined,
  );
  if (unseen !== undefined) {
    return [finding(principal.arn, `access cannot be decided: ${unseen.name} stands in no template; remove it`)];
  }
  const checks = invokeChecks({ account, target, action, reading, ...(guardrail && { guardrail }) });
  const who = { 'aws:PrincipalArn': [principal.arn], 'aws:PrincipalAccount': [account.accountId] };
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
      const denied = { application: call.application, action: check.action, arn };
      return call.expected === 'denied'
        ? []
        : [
            finding(
              principal.arn,
              `${place}: may not call its profile: ${arn} is denied`,
              check.action,
              // An explicit deny is not mended by one more allow.
              decision.decision === 'implicitDeny' ? missingStatement(plan, account, denied) : undefined,
            ),
          ];
    }
  }
  return call.expected === 'allowed'
    ? []
    : [finding(principal.arn, `${place}: may call ${call.what}, and nothing in the file says so`, action)];
}
