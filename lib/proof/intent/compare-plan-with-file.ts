import type { Environment } from '../../config/environment';
import type { ApplicationConfig } from '../../config/environment-schema';
import { existsAlready, type Principal } from '../../config/principals/principal-schema';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import { dailyLimitUsd } from '../../plan/application/daily-limit';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { NetworkPlan } from '../../plan/environment/network-plan';
import type { Violation } from '../finding/proof';

/** Facts by their path in the environment file. A fact that the file leaves out is `undefined`. */
type Facts = Readonly<Record<string, unknown>>;

/**
 * Compares a plan with the environment file that it was made from: who gets access to which models, under which
 * controls. Everything else of the proof takes the models and principals of the plan as given.
 */
export function comparePlanWithFile(plan: AccessPlan, environment: Environment): readonly Violation[] {
  const [intended, planned] = [factsOfFile(environment), factsOfPlan(plan)];
  return [...new Set([...Object.keys(intended), ...Object.keys(planned)])]
    .filter((path) => JSON.stringify(intended[path]) !== JSON.stringify(planned[path]))
    .map((path) => ({
      kind: 'coverage',
      message: `the plan has ${written(planned[path])} for ${path}, but the environment file asks for ${written(intended[path])}`,
      principals: [],
      about: path,
      classes: 1,
    }));
}

function written(fact: unknown): string {
  return fact === undefined ? 'nothing' : JSON.stringify(fact);
}

function factsOfFile(environment: Environment): Facts {
  const { name, account, region, verification, invocationLogging, costAllocationTags, oidc, network } = environment;
  return {
    name,
    account,
    region,
    'verification.gate': verification.gate,
    'verification.everyHours': verification.everyHours,
    'invocationLogging.content': invocationLogging?.content,
    'invocationLogging.retentionDays': invocationLogging?.retentionDays,
    costAllocationTags,
    'oidc.github': oidc.github,
    network: network && networkOfFile(network),
    ...byApplication(Object.entries(environment.applications), configFacts),
  };
}

function factsOfPlan(plan: AccessPlan): Facts {
  return {
    name: plan.environment,
    account: plan.account,
    region: plan.region,
    'verification.gate': plan.gate,
    'verification.everyHours': plan.everyHours,
    'invocationLogging.content': plan.logging?.content,
    'invocationLogging.retentionDays': plan.logging?.retentionDays,
    costAllocationTags: plan.costAllocationTags === undefined ? (plan.tagsActive ? 'active' : 'leave') : 'activate',
    'oidc.github': plan.createGithubProvider ? 'create' : 'existing',
    network: plan.network && networkOfPlan(plan.network),
    ...byApplication(
      plan.applications.map((application) => [application.name, application]),
      planFacts,
    ),
  };
}

function networkOfFile(network: NonNullable<Environment['network']>): unknown {
  const { vpcId, subnetIds, clientCidr, also, endpoints } = network;
  const made = vpcId === undefined ? [] : ['bedrock-runtime', 'bedrock', ...also];
  const services = { ...Object.fromEntries(made.map((service) => [service, 'made'])), ...endpoints };
  return { vpcId, subnetIds, clientCidr, services: sorted(Object.entries(services)) };
}

function networkOfPlan({ place, endpoints }: NetworkPlan): unknown {
  const services = endpoints.map(({ service, existingId = 'made' }) => [service, existingId]);
  const { vpcId, subnetIds, clientCidr } = place ?? {};
  return { vpcId, subnetIds, clientCidr, services: sorted(services) };
}

function byApplication<T>(applications: readonly (readonly [string, T])[], factsOf: (application: T) => Facts): Facts {
  return Object.fromEntries(
    applications.flatMap(([name, application]) =>
      Object.entries(factsOf(application)).map(([key, fact]) => [`applications.${name}.${key}`, fact]),
    ),
  );
}

function configFacts(application: ApplicationConfig): Facts {
  const { owner, costCenter, models, principals, guardrail, tiers, budget, alarms } = application;
  const generations = Object.entries(models).flatMap(([alias, { model, routing, previous, serve }]) => [
    [`models.${alias}.${model} ${routing}`, previous === undefined || serve === 'current' ? 'served' : 'granted'],
    ...(previous === undefined
      ? []
      : [[`models.${alias}.${previous.model} ${previous.routing}`, serve === 'previous' ? 'served' : 'granted']]),
  ]);
  return {
    owner,
    costCenter,
    ...Object.fromEntries(generations),
    principals: sorted(principals.map(nameOnly)),
    'guardrail.id': guardrail?.id,
    'guardrail.version': guardrail?.version,
    tiers,
    'budget.monthlyUsd': budget?.monthlyUsd,
    'budget.atLimit': budget?.atLimit,
    // By default a tenth of the monthly budget.
    'alarms.dailyUsd': alarms?.dailyUsd ?? (budget && Math.max(0.01, Math.round(budget.monthlyUsd * 10) / 100)),
  };
}

function planFacts(application: ApplicationPlan): Facts {
  const { owner, costCenter, generations, guardrail, tiers, budget, limit } = application;
  const { roles, existingRoles, existingUsers } = application;
  const principals: readonly unknown[] = [
    ...roles.map(({ principal }) => principal).filter(({ kind }) => kind !== 'probe'),
    ...existingRoles.map((role) => ({ kind: 'role', role })),
    ...existingUsers.map((user) => ({ kind: 'user', user })),
  ];
  return {
    owner,
    costCenter,
    ...Object.fromEntries(
      generations.map((g) => [`models.${g.alias}.${g.modelId} ${g.routing}`, g.served ? 'served' : 'granted']),
    ),
    principals: sorted(principals),
    'guardrail.id': guardrail?.id,
    'guardrail.version': guardrail?.version,
    tiers,
    'budget.monthlyUsd': budget?.monthlyUsd,
    'budget.atLimit': budget && (limit === undefined ? 'notify' : 'deny'),
    'alarms.dailyUsd': dailyLimitUsd(application),
  };
}

/** A plan knows an existing role by the name that its ARN ends in. */
function nameOnly(principal: Principal): unknown {
  return existsAlready(principal) && principal.kind === 'role'
    ? { kind: 'role', role: principal.role.split('/').at(-1) }
    : principal;
}

function sorted(facts: readonly unknown[]): readonly unknown[] {
  return facts.map((fact) => JSON.stringify(fact)).sort();
}
