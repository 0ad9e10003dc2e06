import { AWS_PRICES, METRICS_AT_FIRST_PRICE } from '../../catalog/aws-prices';
import type { AccessPlan } from '../environment/access-plan';
import type { FunctionSource } from '../parts/function-plan';
import { chargedResources } from './charged-resources';
import { type OwnCostItem, priced } from './own-cost-item';
import { planProbeCost } from './probe-cost';
import { runsPerMonth } from './runs-per-month';

/**
 * Monthly cost of this project itself, at list prices of us-east-1, without the free tier and the calls of
 * applications.
 */
export interface OwnCost {
  readonly items: readonly OwnCostItem[];
  /** Sum of all items, in US dollars per month. */
  readonly usd: number;
  /** Number of calls in one run of the verification whose price is unknown. They are in no item. */
  readonly unpricedCalls: number;
}

/**
 * Number of metrics that the verification writes for each application and for the environment
 * (lambda/verify/metrics.ts). Each is charged only for the hours in which it is written.
 */
const VERIFICATION_METRICS = { application: 3, environment: 5 };

/**
 * Number of metrics that the meter writes (lambda/meter/documents.ts), if calls arrive in every hour and none of them
 * is throttled, fails, uses the cache or has no price. Each alias has Calls, InputTokens, OutputTokens and
 * EstimatedUsd. Each application and the environment also have LatencyP90, DailyUsd and MonthUsd. The environment also
 * has MeterRan, WindowsMetered and VerificationOverdue.
 */
const METER_METRICS = { alias: 4, application: 7, environment: 10 };

/**
 * Number of metrics that one run of the meter reads under the same assumptions (lambda/meter/bedrock-series.ts):
 * InputTokenCount, OutputTokenCount, Invocations and InvocationLatency of each profile, and its own WindowsMetered.
 */
const METER_READS = { profile: 4, environment: 1 };

/** Number of ListMetrics queries in one run of the meter. */
const METER_LISTS = 2;
/** Number of metrics on one page of ListMetrics. */
const METRICS_PER_PAGE = 500;

/** Duration of one run of a function, in seconds. */
const RUN_SECONDS = 3;
/** Number of profiles for which a run of the meter takes one more second, as measured (docs/metering.md). */
const PROFILES_PER_SECOND = 100;

/** Calls per second of the verification, which makes 32 calls of one second at a time (split-plan.ts). */
const CALLS_PER_SECOND = 32;

/** Size of one metrics document or one probe result in a log, in bytes. */
const LOGGED_BYTES = 700;

/** Number of Cost Explorer requests that keep tags active: one reads their status, and one changes it. */
const TAG_REQUESTS = 2;

/** Number of state transitions for each batch of the verification, and for the whole run. */
const TRANSITIONS = { batch: 4, run: 4 };

/** Calculates the monthly cost of this project itself from the resources and schedules of a plan. */
export function planOwnCost(plan: AccessPlan): OwnCost {
  const { applications, region } = plan;
  const [{ schedule }] = plan.functions;
  const runs = runsPerMonth(schedule.expression);
  const probes = planProbeCost(applications, region);
  const calls = applications.reduce((sum, a) => sum + a.probes.length, 0);
  const items = [
    {
      item: 'probes of the scheduled verification',
      quantity: probes.calls * runs,
      unit: 'answered call of a model',
      usd: probes.usd * runs,
      basis: `${probes.calls} answered calls at ${schedule.expression}, with token counts of the sandbox and prices of the catalog`,
    },
    ...chargedResources(plan),
    ...meterItems(plan),
    priced('metrics of the verification', AWS_PRICES.metric, verificationMetrics(plan, runs), {
      basis: `3 for each application and 5 for the environment, charged for the hours in which ${schedule.expression} writes them`,
    }),
    ...functionItems(plan, calls),
    ...logItems(plan, runs, calls),
    ...accountItems(plan, runs),
  ].filter(({ quantity }) => quantity > 0);
  return { items, usd: items.reduce((sum, { usd }) => sum + usd, 0), unpricedCalls: probes.unpriced };
}

function aliasesOf({ applications }: AccessPlan): number {
  return applications.reduce((sum, a) => sum + a.generations.filter((g) => g.served).length, 0);
}

function meterItems(plan: AccessPlan): readonly OwnCostItem[] {
  const meter = plan.functions.find(({ source }) => source === 'meter');
  if (meter === undefined) {
    return [];
  }
  const runs = runsPerMonth(meter.schedule?.expression ?? '');
  const { applications } = plan;
  const aliases = aliasesOf(plan);
  const profiles = applications.reduce((sum, a) => sum + a.generations.length, 0);
  const metrics =
    METER_METRICS.alias * aliases + METER_METRICS.application * applications.length + METER_METRICS.environment;
  const reads = runs * (METER_READS.profile * profiles + METER_READS.environment);
  const furtherMetrics = Math.max(0, metrics - METRICS_AT_FIRST_PRICE);
  const pages = Math.max(1, Math.ceil((METER_READS.profile * profiles) / METRICS_PER_PAGE));
  return [
    priced('metrics of the meter', AWS_PRICES.metric, metrics - furtherMetrics, {
      basis: 'every alias is called in every hour; no call is throttled, fails or uses the cache',
    }),
    priced('metrics of the meter beyond 10,000', AWS_PRICES.furtherMetric, furtherMetrics, {
      basis: 'the same as for the first 10,000',
    }),
    priced('metrics read by the meter', AWS_PRICES.metricRead, reads, {
      basis: `${profiles} profiles, ${METER_READS.profile} metrics each, ${Math.round(runs)} runs`,
    }),
    priced('metrics listed by the meter', AWS_PRICES.cloudWatchRequest, runs * METER_LISTS * pages, {
      basis: `two lists in each run, of ${pages} pages each`,
    }),
  ];
}

function verificationMetrics({ applications }: AccessPlan, runs: number): number {
  const written = VERIFICATION_METRICS.application * applications.length + VERIFICATION_METRICS.environment;
  return (written * Math.min(runs, 730)) / 730;
}

function functionItems(plan: AccessPlan, calls: number): readonly OwnCostItem[] {
  const profiles = plan.applications.reduce((sum, a) => sum + a.generations.length, 0);
  const seconds: Readonly<Record<FunctionSource, number>> = {
    'account-settings': RUN_SECONDS,
    limit: RUN_SECONDS,
    meter: RUN_SECONDS + profiles / PROFILES_PER_SECOND,
    verify: Math.max(RUN_SECONDS, calls / CALLS_PER_SECOND),
  };
  const scheduled = plan.functions.flatMap(({ source, schedule, memoryMegabytes }) =>
    schedule === undefined
      ? []
      : [
          {
            runs: runsPerMonth(schedule.expression),
            seconds: seconds[source],
            gigabytes: memoryMegabytes / 1024,
          },
        ],
  );
  const gigabyteSeconds = scheduled.reduce((sum, f) => sum + f.runs * f.seconds * f.gigabytes, 0);
  const invocations = scheduled.reduce((sum, f) => sum + f.runs, 0);
  return [
    priced('compute time of the functions', AWS_PRICES.lambdaSecond, gigabyteSeconds, {
      basis: `${RUN_SECONDS} seconds for each run; the meter takes one more second for every ${PROFILES_PER_SECOND} profiles, and the verification makes ${CALLS_PER_SECOND} calls per second`,
    }),
    priced('invocations of the functions', AWS_PRICES.lambdaRequest, invocations, { basis: 'scheduled invocations' }),
  ];
}

function logItems(plan: AccessPlan, runs: number, calls: number): readonly OwnCostItem[] {
  const meter = plan.functions.find(({ source }) => source === 'meter')?.schedule;
  const documents = aliasesOf(plan) + 2 * plan.applications.length + 3;
  const bytes = LOGGED_BYTES * (runs * calls + (meter === undefined ? 0 : runsPerMonth(meter.expression) * documents));
  return [
    priced('logs of the functions', AWS_PRICES.logGigabyte, bytes / 1e9, {
      basis: `${LOGGED_BYTES} bytes for each probe and each metrics document; invocation logging costs extra for each call`,
    }),
  ];
}

/**
 * Returns the cost of the daily check of the cost allocation tags, and of the state machine of a split verification.
 */
function accountItems(plan: AccessPlan, runs: number): readonly OwnCostItem[] {
  const tagging = plan.functions.find(({ source }) => source === 'account-settings')?.schedule;
  const batches = plan.split?.batches.length ?? 0;
  const transitions = batches === 0 ? 0 : runs * (TRANSITIONS.run + TRANSITIONS.batch * batches);
  return [
    priced(
      'Cost Explorer',
      AWS_PRICES.costExplorerRequest,
      tagging === undefined ? 0 : TAG_REQUESTS * runsPerMonth(tagging.expression),
      { basis: 'a daily check of the cost allocation tags; the command costs makes further requests' },
    ),
    priced('state transitions', AWS_PRICES.stateTransition, transitions, { basis: `${batches} batches in each run` }),
  ];
}
