import type { Account, Principal } from '../../account/account';
import type { SystemProfileReading } from '../../account/system-profile-reading';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { roleArn } from '../../plan/names/names';
import { judgeCall } from '../calls/judge-call';
import { wholeCalls } from '../calls/whole-calls';
import { finding, merged, type PrincipalFinding } from '../finding/principal-finding';
import { compareResources } from '../templates/compare-resources';
import { compareWithPlan } from '../templates/compare-with-plan';
import { judgeTrust } from './judge-trust';
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
      const calls = wholeCalls(application, plan.applications, account);
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
