import type { ApplicationConfig, PrincipalConfig } from '../../config/environment-schema';
import {
  boundaryName,
  limitFunctionArn,
  type Place,
  PROBE_FOLDER,
  policyArn,
  probeBoundaryName,
  probeRoleName,
  roleArn,
  topicArn,
} from '../names/names';
import { iamPath, parameterName, physicalName, shortHash } from '../names/physical-name';
import { applicationTags, type Tags } from '../names/tag-contract';
import type { AlarmPlan } from '../parts/alarm-plan';
import type { DashboardPlan } from '../parts/dashboard-plan';
import { type GenerationPlan, planGeneration } from '../parts/generation-plan';
import { packPolicies } from '../parts/pack-policies';
import type { PolicyPlan, RolePlan } from '../parts/role-plan';
import { type SkippedProbe, skippedProbes } from './allowed-probes';
import { planApplicationAlarms } from './application-alarms';
import { planApplicationDashboard } from './application-dashboard';
import { type BudgetPlan, planApplicationBudget } from './budget-plan';
import { type GuardrailPlan, grantGeneration, grantLookup } from './grant';
import { type LimitPlan, planLimit } from './limit-plan';
import { type ProbePlan, planProbes } from './probe-plan';
import { probeSettings } from './probe-settings';
import { tagSessions, trustOf, trustOfProbe } from './trust';

/** The parameters of one alias: `name` holds the profile's ARN, `name.json` holds `details`. */
export interface ParameterPlan {
  readonly name: string;
  readonly value: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Everything decided for one application. */
export interface ApplicationPlan {
  readonly name: string;
  readonly owner: string;
  readonly costCenter: string;
  readonly tags: Tags;
  readonly generations: readonly GenerationPlan[];
  readonly guardrail?: GuardrailPlan;
  readonly policies: readonly PolicyPlan[];
  readonly roles: readonly RolePlan[];
  /** Names of roles that exist already and get the policies. */
  readonly existingRoles: readonly string[];
  /** Names of IAM users that exist already and get the policies. */
  readonly existingUsers: readonly string[];
  readonly parameters: readonly ParameterPlan[];
  readonly probes: readonly ProbePlan[];
  readonly skippedProbes: readonly SkippedProbe[];
  /**
   * What it may spend a month before somebody is told.
   *
   * @default - it has no budget
   */
  readonly budget?: BudgetPlan;
  /**
   * What happens at its limit.
   *
   * @default - the file does not say `atLimit: deny`: somebody is told
   */
  readonly limit?: LimitPlan;
  readonly alarms: readonly AlarmPlan[];
  readonly dashboard: DashboardPlan;
}

/** Decides everything for one application. */
export function planApplication(
  place: Place,
  name: string,
  config: ApplicationConfig,
  environmentTags: Tags,
): ApplicationPlan {
  const { environment } = place;
  const tags = applicationTags(place, name, config, environmentTags);
  const guardrail = config.guardrail && planGuardrail(place, config.guardrail);
  const aliases = Object.entries(config.models).sort(([a], [b]) => (a < b ? -1 : 1));
  const generations = aliases.flatMap(([alias, { previous, serve, ...current }]) => [
    planGeneration(place, name, alias, current, previous === undefined || serve === 'current'),
    ...(previous === undefined ? [] : [planGeneration(place, name, alias, previous, serve === 'previous')]),
  ]);
  const alarms = planApplicationAlarms(place, name, config, limitFunctionArn(place));
  const groups = [grantLookup(place, name, guardrail), ...generations.map((g) => grantGeneration(g, guardrail))];
  const policies = packPolicies(groups).map((statements, i) => {
    const policy = physicalName([environment, name, `access-${i + 1}`]);
    return { name: policy, arn: policyArn(place, policy), statements };
  });
  const roles = [
    ...config.principals.flatMap((principal) => planRole(place, name, principal)),
    planProbeRole(place, name, 'probe', 'verification of what the application may do'),
    planProbeRole(place, name, 'probe-policies', 'verification of what the policies alone allow'),
  ];
  const existingRoles = config.principals.flatMap((p) => ('role' in p ? [p.role.split('/').at(-1) ?? p.role] : []));
  const existingUsers = config.principals.flatMap((p) => ('user' in p ? [p.user] : []));
  const limit = planLimit(place, name, config, { generations, policies, roles, existingRoles, existingUsers });
  return {
    name,
    owner: config.owner,
    costCenter: config.costCenter,
    tags,
    generations,
    ...(guardrail !== undefined && { guardrail }),
    policies,
    roles,
    existingRoles,
    existingUsers,
    parameters: generations
      .filter((g) => g.served)
      .map((g) => planParameter(place, name, g, generations, guardrail, config.verify)),
    probes: planProbes(place, generations, guardrail, config.verify),
    skippedProbes: skippedProbes(generations, config.verify),
    ...(config.budget !== undefined && {
      budget: planApplicationBudget(place, name, config.budget, topicArn(place, config.owner), tags),
    }),
    ...(limit !== undefined && { limit }),
    alarms,
    dashboard: planApplicationDashboard(place, { application: name, config, generations, alarms }),
  };
}

function planGuardrail(
  { partition, region, account }: Place,
  guardrail: { readonly id: string; readonly version: string },
): GuardrailPlan {
  return { ...guardrail, arn: `arn:${partition}:bedrock:${region}:${account}:guardrail/${guardrail.id}` };
}

function planRole(place: Place, application: string, principal: PrincipalConfig): readonly RolePlan[] {
  const trust = trustOf(place, principal);
  const [kind, purpose] = describe(principal);
  const name = physicalName([place.environment, application, kind]);
  return trust === undefined
    ? []
    : [
        {
          name,
          arn: roleArn(place, name),
          path: iamPath(place.environment),
          trust,
          ...(('github' in principal || 'account' in principal) && { tagging: tagSessions(trust) }),
          boundaryArn: policyArn(place, boundaryName(place.environment)),
          purpose,
        },
      ];
}

/** The last part of the role's name, and the principal in words. */
function describe(principal: PrincipalConfig): readonly [kind: string, purpose: string] {
  if ('service' in principal) {
    return [serviceName(principal.service), `service ${principal.service}`];
  }
  if ('github' in principal) {
    const { repository } = principal.github;
    return [`github-${repository.replace(/^.*\//, '')}-${shortHash(repository)}`, `github ${repository}`];
  }
  return 'account' in principal ? [`from-${principal.account}`, `account ${principal.account}`] : ['', ''];
}

/** What tells a service's role apart: with a digest where a dot becomes a hyphen, or another role could be called so. */
function serviceName(service: string): string {
  const name = service.replace(/\.amazonaws\.com$/, '');
  return /^(?!from-|github-|probe)[a-z0-9]+(-[a-z0-9]+)*$/.test(name) ? name : `${name}-${shortHash(service)}`;
}

function planProbeRole(place: Place, application: string, kind: 'probe' | 'probe-policies', purpose: string): RolePlan {
  const name = probeRoleName(place.environment, application, kind);
  return {
    name,
    arn: roleArn(place, name, PROBE_FOLDER),
    path: `${iamPath(place.environment)}${PROBE_FOLDER}`,
    trust: trustOfProbe(place),
    boundaryArn: policyArn(place, (kind === 'probe' ? boundaryName : probeBoundaryName)(place.environment)),
    purpose,
  };
}

function planParameter(
  place: Place,
  application: string,
  served: GenerationPlan,
  all: readonly GenerationPlan[],
  guardrail: GuardrailPlan | undefined,
  verify: ApplicationConfig['verify'],
): ParameterPlan {
  const generations = all.filter((g) => g.alias === served.alias);
  return {
    name: parameterName(place.environment, application, served.alias),
    value: served.profileArn,
    details: {
      profileArn: served.profileArn,
      modelId: served.modelId,
      routing: served.routing,
      generation: served.generation,
      ...(guardrail !== undefined &&
        served.kind === 'chat' && { guardrail: { id: guardrail.id, version: guardrail.version } }),
      ...(verify !== undefined && { asked: verify }),
      generations: generations.map((g) => ({
        generation: g.generation,
        profileArn: g.profileArn,
        modelId: g.modelId,
        routing: g.routing,
        ...(g.systemProfileId !== undefined && { systemProfileId: g.systemProfileId }),
        ...probeSettings(place, g, verify),
      })),
    },
  };
}
