import { partitionOf } from '../../catalog/region';
import type { Environment } from '../../config/environment';
import { type ApplicationPlan, planApplication } from '../application/application-plan';
import { policyArn, topicArn } from '../names/arns';
import { boundaryName, type Place, probeBoundaryName } from '../names/names';
import { environmentTags, type Tags } from '../names/tag-contract';
import type { AlarmPlan } from '../parts/alarm-plan';
import { planDeadLetters, type QueuePlan } from '../parts/dead-letters';
import type { FunctionPlan } from '../parts/function-plan';
import type { GenerationPlan } from '../parts/generation-plan';
import type { BoundaryPlan, PolicyPlan } from '../parts/role-plan';
import { planAccountSettings, planCostAllocationTags } from './account-settings-plan';
import { type BillingPlan, planBilling } from './billing-plan';
import { PROBE_BOUNDARY, planBoundary } from './boundary';
import { type OverviewPlan, planOverviewDashboards } from './dashboard/overview-dashboard';
import { planEnvironmentAlarms } from './environment-alarms';
import { planFunctionAlarms } from './function-alarms';
import { planLimitFunction } from './limit-function';
import { type LoggingPlan, planLogging } from './logging-plan';
import { planMeter } from './meter-plan';
import { type NetworkPlan, planNetwork } from './network-plan';
import { planSplit, type SplitPlan } from './split-plan';
import { planTopics, type TopicsPlan } from './topics-plan';
import { planDecoy, planVerification, type VerificationPlan } from './verification-plan';

/**
 * All decisions for one environment as plain data. They are made before any resource is created.
 *
 * Application inference profiles have no ARN until Bedrock creates them, so a plan refers to them by name
 * (`profile-reference.ts`).
 */
export interface AccessPlan extends Place {
  /** Tags of shared resources: the tags of the file, and the four tags that each application also sets. */
  readonly tags: Tags;
  /** Tags that every profile, role and budget must have. */
  readonly requiredTags: readonly string[];
  readonly boundary: BoundaryPlan;
  /** Permissions boundary of the probe roles that make the calls which must be denied. */
  readonly probeBoundary: PolicyPlan;
  readonly decoy: GenerationPlan;
  /** Effect on a deployment when access does not work: it fails, or it only warns. */
  readonly gate: 'fail' | 'warn';
  /** Hours between two scheduled verifications. */
  readonly everyHours: number;
  /** The functions of the environment. The verification comes first. */
  readonly functions: readonly [VerificationPlan, ...FunctionPlan[]];
  /** Queue for asynchronous events that a function could not handle. */
  readonly deadLetters: QueuePlan;
  /**
   * The batches of the scheduled verification.
   *
   * @default - one run verifies the whole environment
   */
  readonly split?: SplitPlan;
  /**
   * The log of all calls in the account and Region.
   *
   * @default - none: the file does not set `invocationLogging`
   */
  readonly logging?: LoggingPlan;
  /**
   * Tag keys that are activated for billing.
   *
   * @default - the file leaves them as they are
   */
  readonly costAllocationTags?: readonly string[];
  /**
   * True when the file says that somebody saw the tags active for billing.
   *
   * @default - the file activates them, or nobody has seen it
   */
  readonly tagsActive?: true;
  /**
   * The endpoints through which a VPC calls models.
   *
   * @default - none: the file does not set `network`
   */
  readonly network?: NetworkPlan;
  readonly topics: TopicsPlan;
  /** Alarms of the environment as a whole. */
  readonly alarms: readonly AlarmPlan[];
  /** Dashboards with a choice of the application. One is enough unless there are very many. */
  readonly dashboards: readonly OverviewPlan[];
  /** True when the OIDC provider of GitHub is created. An account has only one. */
  readonly createGithubProvider: boolean;
  /** Sorted by name. */
  readonly applications: readonly ApplicationPlan[];
  readonly billing: BillingPlan;
}

/** Decides everything for a checked environment. The same environment always gives the same plan. */
export function planAccess(environment: Environment): AccessPlan {
  const { name, account, region, tags } = environment;
  const place: Place = { environment: name, account, region, partition: partitionOf(region) };
  const shared = environmentTags(environment);
  const decoy = planDecoy(place);
  const boundary = boundaryName(name);
  const probeBoundary = probeBoundaryName(name);
  const { gate, everyHours } = environment.verification;
  const verification = planVerification(place, everyHours, decoy.profileArn);
  const applications = Object.entries(environment.applications)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([application, config]) => planApplication(place, application, config, tags));
  const logging = planLogging(place, environment.invocationLogging, applications);
  const costAllocationTags = planCostAllocationTags(environment);
  const accountSettings = planAccountSettings(place, logging, costAllocationTags);
  // The limit function always exists. Foundation is deployed first, and when the last `atLimit: deny` is removed from
  // the file, the function is still needed to detach the denial.
  const functions = [
    verification,
    planMeter(place, everyHours, verification.schedule.ruleName),
    planLimitFunction(place),
    ...(accountSettings === undefined ? [] : [accountSettings]),
  ] as const;
  const deadLetters = planDeadLetters(place);
  const alarms = [
    ...planEnvironmentAlarms(place, environment.contact, everyHours),
    ...planFunctionAlarms(place, functions, deadLetters, [topicArn(place, environment.contact)]),
  ];
  const network = planNetwork(place, environment.network, applications);
  const split = planSplit(place, applications, verification.functionArn, verification.schedule.ruleArn);
  return {
    ...place,
    tags: shared,
    requiredTags: environment.requiredTags,
    boundary: { name: boundary, arn: policyArn(place, boundary), statements: planBoundary(place, network) },
    probeBoundary: { name: probeBoundary, arn: policyArn(place, probeBoundary), statements: PROBE_BOUNDARY },
    decoy,
    gate,
    everyHours,
    functions,
    deadLetters,
    ...(split !== undefined && { split }),
    ...(logging !== undefined && { logging }),
    ...(costAllocationTags !== undefined && { costAllocationTags }),
    ...(environment.costAllocationTags === 'active' && { tagsActive: true as const }),
    ...(network !== undefined && { network }),
    topics: planTopics(
      place,
      environment.contact,
      applications.map((a) => a.owner),
    ),
    alarms,
    dashboards: planOverviewDashboards(place, applications, alarms),
    createGithubProvider: environment.oidc.github === 'create',
    applications,
    billing: planBilling(place, environment, applications, shared),
  };
}
