import type { Account, Principal } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { planDigest } from '../../plan/environment/plan-digest';
import { serviceRoles } from '../../plan/environment/service-roles';
import { verificationBoundaryName } from '../../plan/environment/verification-plan';
import { policyArn, roleArn } from '../../plan/names/names';
import { accountArns } from '../finding/account-arns';
import type { Violation } from '../finding/proof';
import { staleTemplates } from '../finding/stale-templates';
import type { PlannedPrincipal } from './principal-group';

/** Principals, functions and resources that the plan does not know, principals that are not there, and old templates. */
export function strangers(
  plan: AccessPlan,
  account: Account,
  pairs: readonly (readonly [PlannedPrincipal, Principal | undefined])[],
): readonly Violation[] {
  const known = new Set(pairs.flatMap(([, p]) => p?.arn ?? []));
  const wrong = (kind: Violation['kind'], about: string, message: string, principals: readonly string[] = []) => ({
    kind,
    about,
    message,
    principals,
    classes: 1,
  });
  const stale = account.planDigest !== planDigest(plan);
  return [
    ...(stale ? [wrong('coverage', plan.environment, staleTemplates(plan))] : []),
    ...pairs
      .filter(([, p]) => p === undefined)
      .map(([{ label }]) => wrong('coverage', label, `${label} is in the plan and not in the templates`, [label])),
    ...account.principals
      .filter((p) => !known.has(p.arn))
      .map((p) =>
        wrong('excess', p.arn, `the templates have a ${p.kind} that is not in the plan: ${p.arn}`, [
          `${p.kind} ${p.name}`,
        ]),
      ),
    ...account.principals
      .filter((p, i, all) => all.findIndex((other) => other.arn === p.arn) !== i)
      .map((p) => wrong('undecided', p.arn, `two principals of the templates have the ARN ${p.arn}`)),
    ...pairs
      .filter(([planned, p]) => planned.boundaryArn === undefined && p?.complete === true)
      .map(([{ label }, p]) =>
        wrong(
          'excess',
          p?.arn ?? label,
          `the templates make ${label}, which the plan takes for one that exists already`,
          [label],
        ),
      ),
    ...plannedFunctions(plan).flatMap((f) =>
      wrongFunction(f, account).map((message) => wrong('resource', f.functionName, message)),
    ),
    ...account.managedPolicies
      .filter((arn) => !plannedPolicies(plan).has(arn))
      .map((arn) => wrong('excess', arn, `the templates have a managed policy that is not in the plan: ${arn}`)),
    ...account.repeated.map((name) => wrong('undecided', name, `two resources of the templates are called ${name}`)),
    ...account.functions
      .filter((f) => !plannedFunctions(plan).some(({ functionName }) => functionName === f.name))
      .map((f) => wrong('excess', f.name, `the templates have a function that is not in the plan: ${f.name}`)),
    ...account.unread.map(({ type, logicalId, templateFile }) =>
      wrong(
        'undecided',
        logicalId,
        type === 'template parameter'
          ? `${templateFile} at Parameters.${logicalId}: what a template says must not hang on a parameter`
          : `${templateFile} at Resources.${logicalId}: what a ${type} grants is not understood here`,
      ),
    ),
  ];
}

function plannedPolicies(plan: AccessPlan): ReadonlySet<string> {
  const { boundary, probeBoundary, verification, environment, applications } = plan;
  return new Set([
    boundary.arn,
    probeBoundary.arn,
    ...[verification.policyName, verificationBoundaryName(environment)].map((name) => policyArn(plan, name)),
    ...serviceRoles(plan).map(({ policy }) => policy.arn),
    ...applications.flatMap((a) =>
      [...a.policies, ...(a.limit === undefined ? [] : [a.limit.denial])].map((p) => p.arn),
    ),
  ]);
}

interface PlannedFunction {
  readonly functionName: string;
  readonly roleArn: string;
  readonly variables: Readonly<Record<string, string>>;
}

function plannedFunctions(plan: AccessPlan): readonly PlannedFunction[] {
  const { verification, functions } = plan;
  return [
    { ...verification, roleArn: roleArn(plan, verification.roleName) },
    ...functions.map((f) => ({ ...f, roleArn: f.role.arn })),
  ];
}

function wrongFunction(
  { functionName, roleArn: role, variables }: PlannedFunction,
  account: Account,
): readonly string[] {
  const found = account.functions.find((f) => f.name === functionName);
  if (found === undefined) {
    return [`the templates have no function ${functionName}, which the plan has`];
  }
  const planned = JSON.stringify(accountArns(account)(variables));
  const has = JSON.stringify(found.environment);
  return [
    ...(found.roleArn === role ? [] : [`${functionName} runs as ${found.roleArn}; the plan has ${role}`]),
    ...(found.handler === 'index.handler' ? [] : [`${functionName} has the handler ${found.handler}`]),
    ...(sortedText(has) === sortedText(planned)
      ? []
      : [`${functionName} has the environment ${has}; the plan has ${planned}`]),
  ];
}

/** Entries of a flat JSON object in order. */
function sortedText(json: string): string {
  return JSON.stringify(
    Object.entries(JSON.parse(json) as Record<string, string>).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
