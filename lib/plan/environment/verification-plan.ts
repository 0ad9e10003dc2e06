import { findModel, MODEL_IDS, priceOf, routingsFrom } from '../../catalog/catalog';
import type { FoundationModel } from '../../catalog/foundation-model';
import { parameterArn, policyArn, roleArn } from '../names/arns';
import { type Place, PROBE_FOLDER, parameterName, probeRoleName } from '../names/names';
import { physicalName } from '../names/physical-name';
import { type FunctionPlan, type FunctionSchedule, planFunction, planRule } from '../parts/function-plan';
import { type GenerationPlan, planGeneration } from '../parts/generation-plan';
import type { Statement } from '../parts/statement';
import { ownStacks, readOwnStacks } from './own-stacks';

/**
 * The function that verifies access with real calls. In its variables, `{application}` is the place for an
 * application's name.
 */
export interface VerificationPlan extends FunctionPlan {
  /**
   * Its schedule. If one run cannot verify the whole environment, the rule starts the state machine instead
   * (split-plan.ts).
   */
  readonly schedule: FunctionSchedule;
}

/** Lets a function read the SSM parameters of the environment's aliases, which also contain the profiles. */
export function readAliases(place: Place): Statement {
  const parameters = parameterArn(place, parameterName(place.environment));
  return {
    Sid: 'ReadAliases',
    Effect: 'Allow',
    Action: ['ssm:GetParametersByPath'],
    Resource: [parameters, `${parameters}/*`],
  };
}

/**
 * Lets a function read metrics. The statement cannot be narrower: neither action takes a resource or the condition key
 * `cloudwatch:namespace` (service authorization reference of 2026-09-26).
 */
export const READ_METRICS: Statement = {
  Sid: 'ReadMetrics',
  Effect: 'Allow',
  Action: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'],
  Resource: ['*'],
};

/**
 * Decides the verification function.
 *
 * @param everyHours hours between two scheduled runs
 */
export function planVerification(place: Place, everyHours: number, decoyArn: string): VerificationPlan {
  const { environment } = place;
  const probeRole = (kind: 'probe' | 'probe-policies'): string =>
    roleArn(place, probeRoleName(environment, '{application}', kind), PROBE_FOLDER);
  const name = 'verification';
  const stacks = ownStacks(place, '*');
  const planned = planFunction(place, {
    source: 'verify',
    name,
    description: 'Calls every application inference profile as its application would, and what must be denied',
    memoryMegabytes: 512,
    timeoutSeconds: 900,
    variables: {
      ENVIRONMENT: environment,
      PROBE_ROLE_ARN: probeRole('probe'),
      POLICIES_PROBE_ROLE_ARN: probeRole('probe-policies'),
      DECOY_PROFILE_ARN: decoyArn,
      OWN_STACKS: stacks,
    },
    statements: [
      {
        Sid: 'AssumeProbeRoles',
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: [roleArn(place, '*', PROBE_FOLDER)],
      },
      readAliases(place),
      readOwnStacks(stacks),
      READ_METRICS,
    ],
  });
  const { role } = planned;
  const boundary = physicalName([environment, 'verification-boundary']);
  return {
    ...planned,
    // EventBridge requires the singular for 1 and the plural for every other number.
    schedule: planRule(place, name, `rate(${everyHours} ${everyHours === 1 ? 'hour' : 'hours'})`, { scheduled: true }),
    // The first version of this role had this Sid and a boundary of its own. A change of either would change every
    // environment.
    role: {
      ...role,
      trust: role.trust.map((statement) => ({ ...statement, Sid: 'Lambda' })),
      boundary: { ...role.boundary, name: boundary, arn: policyArn(place, boundary) },
    },
  };
}

/**
 * Decides the decoy, a profile that no principal may call. In an environment with one application, the probe of a
 * foreign profile calls the decoy. The decoy costs nothing while nobody calls it. It copies from the cheapest model
 * that the Region offers.
 */
export function planDecoy(place: Place): GenerationPlan {
  const [cheapest] = MODEL_IDS.map(findModel)
    .filter((m) => m !== undefined)
    .filter((m) => m.kind === 'chat' && m.runtime && m.lifecycle.status === 'ACTIVE')
    .flatMap((m) =>
      routingsFrom(m, place.region)
        .slice(0, 1)
        .map((routing) => ({ model: m.modelId, routing, usd: usd(m, place.region) })),
    )
    .sort((a, b) => a.usd - b.usd || (a.model < b.model ? -1 : 1));
  if (cheapest === undefined) {
    throw new Error(`no chat model can be called from ${place.region}`);
  }
  return planGeneration(place, 'Decoy', 'decoy', cheapest);
}

function usd(model: FoundationModel, region: string): number {
  const [routing] = routingsFrom(model, region);
  return (routing && priceOf(model, routing, region)?.input) ?? Number.POSITIVE_INFINITY;
}
