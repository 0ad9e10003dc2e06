import { findModel, priceOf } from '../../catalog/catalog';
import { principalName } from '../../config/principals/principal-schema';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { parameterName } from '../../plan/names/names';
import { counted } from '../format/counted';
import type { Colours } from '../format/problem-lines';
import { table } from '../format/table';
import { accountSettingsLines } from './account-settings-lines';
import { applicationMoneyLines, budgetText, ownCostLine } from './money-lines';
import { networkLines } from './network-lines';
import { skippedLines } from './skipped-lines';

const perMillion = (usd: number | undefined): string => (usd === undefined ? 'unknown' : `$${usd}`);

/** Describes a plan for people: one line of totals, then each application. */
export function planLines(
  plan: AccessPlan,
  { statements }: { readonly statements: boolean },
  colours: Colours,
): readonly string[] {
  const { environment, account, region, applications, functions } = plan;
  const [verification] = functions;
  const sum = (count: (a: ApplicationPlan) => number): number => applications.reduce((total, a) => total + count(a), 0);
  const profiles = sum((a) => a.generations.length);
  const principals = sum((a) => principalNames(a).length);
  const probes = sum((a) => a.probes.length);
  return [
    colours.tone(
      'strong',
      `${environment} in ${account}, ${region}: ${counted(applications.length, 'application')}, ${counted(profiles, 'profile')}, ${counted(principals, 'principal')}, ${counted(probes, 'probe')}`,
    ),
    ...applications.flatMap((a) => applicationLines(a, plan, statements, colours)),
    '',
    `shared by all: boundary ${plan.boundary.name}, function ${verification.functionName}, decoy ${plan.decoy.profileName}`,
    `gate of each application: ${GATES[plan.gate]}`,
    `scheduled verification: ${verification.schedule.expression}${inBatches(plan)}`,
    ...(plan.billing.budget === undefined ? [] : [`all applications: ${budgetText(plan.billing.budget)}`]),
    ...accountSettingsLines(plan),
    ...networkLines(plan),
    ownCostLine(plan),
    ...(statements
      ? [
          ...json('boundary', plan.boundary.statements),
          ...json('verification', verification.role.policy.statements),
          ...(plan.network?.endpoints ?? []).flatMap((e) => json(`endpoint of ${e.service}`, e.statements)),
        ]
      : []),
  ];
}

function inBatches({ split }: AccessPlan): string {
  return split === undefined ? '' : ` in ${split.batches.length} runs by ${split.stateMachineName}`;
}

const GATES = {
  fail: 'a deployment fails and is rolled back if access does not work after it',
  warn: 'if access does not work after a deployment, a warning is logged and the deployment goes on',
} as const;

/** Lists the roles and users that receive the policies, each with its origin. Probe roles are left out. */
function principalNames(a: ApplicationPlan): readonly (readonly [string, string])[] {
  return [
    ...a.roles.flatMap(({ name, principal, instanceProfileName, furtherPolicyArns }) =>
      principal.kind === 'probe'
        ? []
        : [
            [
              `role ${name}`,
              `created for ${principalName(principal)}${
                instanceProfileName === undefined ? '' : ', in an instance profile of the same name'
              }${furtherWords(furtherPolicyArns)}`,
            ] as const,
          ],
    ),
    ...a.existingRoles.map(
      (name) =>
        [`role ${name}`, 'exists already; its other policies were not examined, and it gets no boundary'] as const,
    ),
    ...a.existingUsers.map(
      (name) =>
        [`user ${name}`, 'exists already; its other policies were not examined, and it gets no boundary'] as const,
    ),
  ];
}

function furtherWords(arns: readonly string[] = []): string {
  const names = arns.map((arn) => arn.split('/').at(-1));
  return names.length === 0
    ? ''
    : `; carries ${names.join(', ')} besides, taken to allow everything that its boundary allows`;
}

function applicationLines(
  a: ApplicationPlan,
  plan: AccessPlan,
  statements: boolean,
  colours: Colours,
): readonly string[] {
  const { environment, region } = plan;
  const rows = a.generations.map((g) => {
    const model = findModel(g.modelId);
    const price = model && priceOf(model, g.routing, region);
    const places = g.modelArns.map((arn) => arn.split(':')[3] || 'any Region').join(', ');
    return [
      g.alias,
      g.modelId,
      g.routing,
      places,
      perMillion(price?.input),
      model?.kind === 'embedding' ? '-' : perMillion(price?.output),
      g.profileName,
    ];
  });
  const columns = [
    { heading: 'alias' },
    { heading: 'model' },
    { heading: 'routing' },
    { heading: 'may run in' },
    { heading: 'in/1M', numbers: true },
    { heading: 'out/1M', numbers: true },
    { heading: 'profile' },
  ];
  return [
    '',
    colours.tone('strong', a.name) +
      `  ${a.owner}  ${a.costCenter}${a.guardrail === undefined ? '' : `  guardrail ${a.guardrail.id}:${a.guardrail.version}`}`,
    ...table(columns, rows),
    `  reads ${parameterName(environment, a.name, 'ALIAS')} from SSM`,
    ...table([{ heading: 'principal' }, { heading: '' }], principalNames(a)),
    ...(a.log === undefined
      ? []
      : [`  its functions with logs: true write to the log group ${a.log.logGroupName} (${a.log.retentionDays} days)`]),
    ...applicationMoneyLines(a, plan),
    ...(statements
      ? [
          ...a.policies,
          ...(a.log === undefined ? [] : [a.log.policy]),
          ...(a.conditions === undefined ? [] : [a.conditions]),
        ].flatMap((p) => json(p.name, p.statements))
      : []),
    ...skippedLines(a).map((line) => colours.tone('warning', `  ${line}`)),
  ];
}

function json(name: string, value: unknown): readonly string[] {
  return [
    `  ${name}`,
    ...JSON.stringify(value, null, 2)
      .split('\n')
      .map((line) => `    ${line}`),
  ];
}
