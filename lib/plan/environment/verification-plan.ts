import { regionalArn } from '../../catalog/arn';
import { findModel, MODEL_IDS, priceOf, routingsFrom } from '../../catalog/catalog';
import type { FoundationModel } from '../../catalog/foundation-model';
import { parameterArn, policyArn, roleArn } from '../names/arns';
import { type Place, PROBE_FOLDER, parameterName, probeRoleName, stackName } from '../names/names';
import { physicalName } from '../names/physical-name';
import { type FunctionPlan, type FunctionSchedule, planFunction, planRule } from '../parts/function-plan';
import { type GenerationPlan, planGeneration } from '../parts/generation-plan';
import type { Statement } from '../parts/statement';

/** The function that verifies access with real calls. In its variables `{application}` stands for an application's name. */
export interface VerificationPlan extends FunctionPlan {
  /** When it runs by itself. Where one run does not carry the environment, the rule starts its batches (split-plan.ts). */
  readonly schedule: FunctionSchedule;
}

/** A function finds the environment's aliases, and the profiles behind them, in their parameters. */
export function readAliases(place: Place): Statement {
  const parameters = parameterArn(place, parameterName(place.environment));
  return {
    Sid: 'ReadAliases',
    Effect: 'Allow',
    Action: ['ssm:GetParametersByPath'],
    Resource: [parameters, `${parameters}/*`],
  };
}

/** No narrower: both take no resource of ours, and not the key cloudwatch:namespace (reference of 2026-09-26). */
export const READ_METRICS: Statement = {
  Sid: 'ReadMetrics',
  Effect: 'Allow',
  Action: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'],
  Resource: ['*'],
};

/** Decides the verification function. @param everyHours hours between two runs by itself */
export function planVerification(place: Place, everyHours: number, decoyArn: string): VerificationPlan {
  const { environment } = place;
  const probeRole = (kind: 'probe' | 'probe-policies'): string =>
    roleArn(place, probeRoleName(environment, '{application}', kind), PROBE_FOLDER);
  const name = 'verification';
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
    },
    statements: [
      {
        Sid: 'AssumeProbeRoles',
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: [roleArn(place, '*', PROBE_FOLDER)],
      },
      readAliases(place),
      {
        Sid: 'ReadOwnStacks',
        Effect: 'Allow',
        Action: ['cloudformation:DescribeStacks'],
        Resource: [regionalArn(place, 'cloudformation', `stack/${stackName(environment, '*')}/*`)],
      },
      READ_METRICS,
    ],
  });
  const { role } = planned;
  const boundary = physicalName([environment, 'verification-boundary']);
  return {
    ...planned,
    // EventBridge refuses the plural of one, and any other singular.
    schedule: planRule(place, name, `rate(${everyHours} ${everyHours === 1 ? 'hour' : 'hours'})`, { scheduled: true }),
    // Its first version had this Sid and a boundary of its own. A change of either would change every environment.
    role: {
      ...role,
      trust: role.trust.map((statement) => ({ ...statement, Sid: 'Lambda' })),
      boundary: { ...role.boundary, name: boundary, arn: policyArn(place, boundary) },
    },
  };
}

/**
 * A profile that nobody may call: where an environment has one application, its must-be-denied probe calls the decoy.
 * It costs nothing while nobody calls it, and copies from the cheapest model that the Region offers.
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
