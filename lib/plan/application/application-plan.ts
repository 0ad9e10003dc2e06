import type { ServiceTier } from '../../../lambda/aliases/service-tiers';
import { regionalArn } from '../../catalog/arn';
import { findModel } from '../../catalog/catalog';
import type { ApplicationConfig } from '../../config/environment-schema';
import { limitFunctionArn, policyArn, topicArn } from '../names/arns';
import { type Place, parameterName, profilesParameterName } from '../names/names';
import { physicalName } from '../names/physical-name';
import { applicationTags, type Tags } from '../names/tag-contract';
import type { AlarmPlan } from '../parts/alarm-plan';
import { type GenerationPlan, planGeneration } from '../parts/generation-plan';
import { packPolicies } from '../parts/pack-policies';
import { profileIdOf } from '../parts/profile-reference';
import type { PolicyPlan } from '../parts/role-plan';
import { planAliasAlarms } from './alias-alarms';
import { type SkippedProbe, skippedProbes } from './allowed-probes';
import { planApplicationAlarms } from './application-alarms';
import { type BudgetPlan, planApplicationBudget } from './budget-plan';
import { planConditions } from './conditions-plan';
import { type GuardrailPlan, grantGeneration, grantLookup } from './grant';
import { type LimitPlan, planLimit } from './limit-plan';
import { type ApplicationLogPlan, planApplicationLog } from './log-plan';
import { type PrincipalRoles, planPrincipals } from './principal-roles';
import { type ProbePlan, planProbes } from './probe-plan';
import { probeSettings } from './probe-settings';

/** The two SSM parameters of one alias: `name` holds the profile's ARN, and `name.json` holds `details`. */
export interface ParameterPlan {
  readonly name: string;
  readonly value: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** All decisions for one application. */
export interface ApplicationPlan extends PrincipalRoles {
  readonly name: string;
  readonly owner: string;
  readonly costCenter: string;
  readonly tags: Tags;
  readonly generations: readonly GenerationPlan[];
  readonly guardrail?: GuardrailPlan;
  /** Service tiers that a call may name; always `default`, which a call gets that names none. */
  readonly tiers: readonly ServiceTier[];
  readonly policies: readonly PolicyPlan[];
  /**
   * Policy of the roles that carry further policies. It denies calls without the guardrail and with other service tiers,
   * because a further policy may allow them and the boundary does.
   *
   * @default - none: no role carries further policies
   */
  readonly conditions?: PolicyPlan;
  /**
   * The log group of its functions.
   *
   * @default - none: no principal has `logs: true`
   */
  readonly log?: ApplicationLogPlan;
  readonly parameters: readonly ParameterPlan[];
  /** The SSM parameter from which the dashboard gets the ids of the profiles, in the order of the generations. */
  readonly profileIds: { readonly name: string; readonly value: string };
  readonly probes: readonly ProbePlan[];
  readonly skippedProbes: readonly SkippedProbe[];
  /**
   * Its monthly budget, with notifications.
   *
   * @default - it has no budget
   */
  readonly budget?: BudgetPlan;
  /**
   * The denial of its profiles when its limit is reached.
   *
   * @default - none: the file does not set `atLimit: deny`, and the budget only notifies
   */
  readonly limit?: LimitPlan;
  readonly alarms: readonly AlarmPlan[];
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
  const alarms = [
    ...generations.flatMap((generation) => planAliasAlarms(place, name, config, generation)),
    ...planApplicationAlarms(place, name, config, limitFunctionArn(place), generations.some(canCache)),
  ];
  const groups = [
    grantLookup(place, name, guardrail),
    ...generations.map((g) => grantGeneration(g, guardrail, config.tiers)),
  ];
  const policies = packPolicies(groups).map((statements, i) => {
    const policy = physicalName([environment, name, `access-${i + 1}`]);
    return { name: policy, arn: policyArn(place, policy), statements };
  });
  const carriers = planPrincipals(place, name, config.principals);
  const conditions = planConditions(place, name, { generations, guardrail, tiers: config.tiers, ...carriers });
  const log = planApplicationLog(place, name, carriers.roles);
  const limit = planLimit(place, name, config, { generations, policies, ...carriers });
  return {
    name,
    owner: config.owner,
    costCenter: config.costCenter,
    tags,
    generations,
    ...(guardrail !== undefined && { guardrail }),
    tiers: config.tiers,
    policies,
    ...(conditions !== undefined && { conditions }),
    ...(log !== undefined && { log }),
    ...carriers,
    parameters: generations
      .filter((g) => g.served)
      .map((g) => planParameter(place, name, g, generations, guardrail, config)),
    profileIds: {
      name: profilesParameterName(environment, name),
      value: generations.map((g) => profileIdOf(g.profileArn)).join(','),
    },
    probes: planProbes(place, generations, guardrail, config),
    skippedProbes: skippedProbes(generations, config.verify),
    ...(config.budget !== undefined && {
      budget: planApplicationBudget(place, name, config.budget, topicArn(place, config.owner), tags),
    }),
    ...(limit !== undefined && { limit }),
    alarms,
  };
}

/** True if the model of a generation is known to cache prompts. */
function canCache({ modelId }: GenerationPlan): boolean {
  return findModel(modelId)?.abilities?.includes('promptCaching') === true;
}

function planGuardrail(place: Place, guardrail: { readonly id: string; readonly version: string }): GuardrailPlan {
  return { ...guardrail, arn: regionalArn(place, 'bedrock', `guardrail/${guardrail.id}`) };
}

function planParameter(
  place: Place,
  application: string,
  served: GenerationPlan,
  all: readonly GenerationPlan[],
  guardrail: GuardrailPlan | undefined,
  { verify, tiers }: Pick<ApplicationConfig, 'verify' | 'tiers'>,
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
      tiers,
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
