import { findModel, MODEL_IDS, priceOf, routingsFrom } from '../../catalog/catalog';
import type { FoundationModel } from '../../catalog/foundation-model';
import { type Place, PROBE_FOLDER, parameterArn, probeRoleName, roleArn, verificationName } from '../names/names';
import { parameterName, physicalName, stackName } from '../names/physical-name';
import { writeOwnLog } from '../parts/function-plan';
import { type GenerationPlan, planGeneration } from '../parts/generation-plan';
import type { Statement, TrustStatement } from '../parts/statement';

/** The function that verifies access with real calls, and its role. */
export interface VerificationPlan {
  readonly functionName: string;
  /** By its name, so that an application's stack can call it. */
  readonly functionArn: string;
  /** What a deployment does when access does not work. */
  readonly onFailure: 'fail' | 'warn';
  readonly logGroupName: string;
  readonly roleName: string;
  readonly policyName: string;
  /** What the role may do. Its boundary has the same statements: it can never do more. */
  readonly statements: readonly Statement[];
  /** Environment variables; `{application}` stands for an application's name. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Lambda alone runs the function as its role. */
export const VERIFICATION_TRUST: TrustStatement = {
  Sid: 'Lambda',
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: ['sts:AssumeRole'],
};

/** Boundary of the function's role: the same statements, so that it can never do more. */
export function verificationBoundaryName(environment: string): string {
  return physicalName([environment, 'verification-boundary']);
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

export function planVerification(place: Place, onFailure: 'fail' | 'warn', decoyArn: string): VerificationPlan {
  const { environment, account, region, partition } = place;
  const functionName = verificationName(environment);
  const logGroupName = `/aws/lambda/${functionName}`;
  const probeRole = (kind: 'probe' | 'probe-policies'): string =>
    roleArn(place, probeRoleName(environment, '{application}', kind), PROBE_FOLDER);
  return {
    functionName,
    functionArn: `arn:${partition}:lambda:${region}:${account}:function:${functionName}`,
    onFailure,
    logGroupName,
    roleName: functionName,
    policyName: physicalName([environment, 'verification-access']),
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
        Resource: [`arn:${partition}:cloudformation:${region}:${account}:stack/${stackName(environment, '*')}/*`],
      },
      READ_METRICS,
      writeOwnLog(place, logGroupName),
    ],
    variables: {
      ENVIRONMENT: environment,
      PROBE_ROLE_ARN: probeRole('probe'),
      POLICIES_PROBE_ROLE_ARN: probeRole('probe-policies'),
      DECOY_PROFILE_ARN: decoyArn,
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
