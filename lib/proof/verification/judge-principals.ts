import type { Account } from '../../account/account';
import type { SystemProfileReading } from '../../account/system-profile-reading';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { principalLabel, principals } from '../../plan/environment/principals';
import { judgeCall } from '../calls/judge-call';
import { wholeCalls } from '../calls/whole-calls';
import { findPrincipals } from '../finding/find-principals';
import { finding, merged, type PrincipalFinding } from '../finding/principal-finding';
import { compareResources } from '../templates/compare-resources';
import { compareWithPlan } from '../templates/compare-with-plan';
import { judgeTrust } from './trust/judge-trust';
import { serviceCases } from './trust/service-cases';
import { trustCases } from './trust/trust-cases';

export interface PrincipalVerdict {
  /** Number of principals that were judged, counted once for each of their applications. */
  readonly principals: number;
  /** Number of whole calls, and of requests to assume a role, that were decided. */
  readonly decisions: number;
  readonly findings: readonly PrincipalFinding[];
}

/**
 * Judges the principals that no probe runs as, by evaluating whole calls from the templates. Each principal may call
 * every profile of its applications. It may not call the profiles of other applications, nor the models and system
 * profiles behind its own. Each role may be assumed only by the principals that the environment file names. In
 * addition, the templates are compared with the plan statement by statement.
 */
export function judgePrincipals(plan: AccessPlan, account: Account, reading: SystemProfileReading): PrincipalVerdict {
  const findings: PrincipalFinding[] = [];
  let decisions = 0;
  let judged = 0;
  for (const [planned, principal] of findPrincipals(account, principals(plan))) {
    // The probes run as these roles, so their results judge them.
    if (planned.origin === 'application' && planned.role.principal.kind === 'probe') {
      continue;
    }
    for (const application of planned.applications) {
      judged += 1;
      if (principal === undefined) {
        const message = `${application.name}: the templates give ${principalLabel(planned)} no access at all`;
        findings.push(finding(principalLabel(planned), message));
        continue;
      }
      const foreign = plan.applications.filter((a) => !planned.applications.includes(a));
      const calls = wholeCalls(application, [application, ...foreign], account);
      decisions += calls.length;
      findings.push(...calls.flatMap((call) => judgeCall(plan, account, reading, principal, call)));
    }
  }
  for (const application of plan.applications) {
    for (const role of application.roles) {
      const cases = trustCases(plan, role.principal);
      decisions += cases.length;
      findings.push(...judgeTrust(application.name, role, account, cases));
    }
  }
  const lambda = serviceCases(plan, ['lambda.amazonaws.com']);
  for (const { role } of plan.functions) {
    decisions += lambda.length;
    findings.push(...judgeTrust(role.name, role, account, lambda));
  }
  const differences = [...compareWithPlan(plan, account), ...compareResources(plan, account)];
  return { principals: judged, decisions, findings: merged([...findings, ...differences]) };
}
