import { TOKEN_METRICS } from '../../../lambda/dollars/token-series';
import { METER_SECONDS, WATCH_SECONDS } from '../../../lambda/meter/intervals';
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
 * Number of metrics that the verification writes (lambda/verify/metrics.ts). Each is charged only for the hours in which
 * it is written.
 */
const VERIFICATION_METRICS = 5;

/** Share of a month in which a metric counts that is written in one hour of each day. */
const ONCE_A_DAY = 1 / 24;

/**
 * Number of metrics that the meter writes (lambda/meter/documents.ts), if calls arrive in every hour, with no legacy
 * model, no unknown price, no unused cache, nothing unplanned and less than half of each quota used. Applications and the
 * environment have DailyUsd in every hour and MonthUsd once a day.
 */
const METER_METRICS = { application: 1 + ONCE_A_DAY, environment: 1 + ONCE_A_DAY };

/** Number of names under which Bedrock may count tokens. */
const TOKEN_METRIC_COUNT = Object.values(TOKEN_METRICS).flat().length;

/**
 * Number of metrics that the meter reads, if no cache is used. Every run reads InputTokenCount and OutputTokenCount of
 * each profile (lambda/meter/meter-day.ts). Every second run also reads EstimatedTPMQuotaUsage of each profile, and the
 * runs of the meter and the starts of the verification (lambda/meter/watch.ts). One run a day reads all names of tokens of
 * each profile for the month.
 */
const METER_READS = { run: 2, look: { profile: 1, environment: 4 }, day: TOKEN_METRIC_COUNT };

/**
 * Number of metrics that a run of the limit function reads of each profile whose application has a daily limit: all
 * names of tokens (lambda/dollars/token-series.ts).
 */
const LIMIT_READS = TOKEN_METRIC_COUNT;

/** Number of runs of the meter for one that looks for what should not be there. */
const RUNS_PER_LOOK = WATCH_SECONDS / METER_SECONDS;

const DAYS_PER_MONTH = 730 / 24;

/** Number of metrics that Bedrock writes for each profile that is called, if no call fails or uses the cache. */
const METRICS_OF_PROFILE = 6;
/** Number of metrics on one page of ListMetrics. */
const METRICS_PER_PAGE = 500;

/** Duration of one run of a function for a small environment, in seconds. */
const RUN_SECONDS = 1;
/** Number of profiles for which a run of the meter takes one more second, as measured (docs/metering.md). */
const PROFILES_PER_SECOND = 200;

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
    ...limitItems(plan),
    priced('metrics of the verification', AWS_PRICES.metric, (VERIFICATION_METRICS * Math.min(runs, 730)) / 730, {
      basis: `${VERIFICATION_METRICS} metrics, charged for the hours in which ${schedule.expression} writes them`,
    }),
    ...functionItems(plan, calls),
    ...logItems(plan, runs, calls),
    ...accountItems(plan, runs),
  ].filter(({ quantity }) => quantity > 0);
  return { items, usd: items.reduce((sum, { usd }) => sum + usd, 0), unpricedCalls: probes.unpriced };
}

function meterItems(plan: AccessPlan): readonly OwnCostItem[] {
  const meter = plan.functions.find(({ source }) => source === 'meter');
  if (meter === undefined) {
    return [];
  }
  const runs = runsPerMonth(meter.schedule?.expression ?? '');
  const { applications } = plan;
  const profiles = applications.reduce((sum, a) => sum + a.generations.length, 0);
  const metrics = METER_METRICS.application * applications.length + METER_METRICS.environment;
  const looks = runs / RUNS_PER_LOOK;
  const reads =
    runs * METER_READS.run * profiles +
    looks * (METER_READS.look.profile * profiles + METER_READS.look.environment) +
    DAYS_PER_MONTH * METER_READS.day * profiles;
  const furtherMetrics = Math.max(0, metrics - METRICS_AT_FIRST_PRICE);
  const pages = Math.max(1, Math.ceil((METRICS_OF_PROFILE * profiles) / METRICS_PER_PAGE));
  return [
    priced('metrics of the meter', AWS_PRICES.metric, metrics - furtherMetrics, {
      basis: `dollars of ${applications.length} applications and of all in every hour, and their months once a day; everything else is written only when something is wrong`,
    }),
    priced('metrics of the meter beyond 10,000', AWS_PRICES.furtherMetric, furtherMetrics, {
      basis: 'the same as for the first 10,000',
    }),
    priced('metrics read by the meter', AWS_PRICES.metricRead, reads, {
      basis: `${profiles} profiles: input and output tokens in ${Math.round(runs)} runs, and the use of the quotas in every second`,
    }),
    priced('metrics listed by the meter', AWS_PRICES.cloudWatchRequest, (runs + looks) * pages, {
      basis: `one list in each run and a second in every other one, of ${pages} pages each`,
    }),
  ];
}

function limitItems({ functions, applications }: AccessPlan): readonly OwnCostItem[] {
  const schedule = functions.find(({ source }) => source === 'limit')?.schedule;
  const limited = applications.filter(({ limit }) => limit?.alarmArn !== undefined);
  const profiles = limited.reduce((sum, a) => sum + a.generations.length, 0);
  const runs = schedule === undefined ? 0 : runsPerMonth(schedule.expression);
  return [
    priced('metrics read by the limit function', AWS_PRICES.metricRead, runs * LIMIT_READS * profiles, {
      basis: `${profiles} profiles of applications with a daily limit that denies, ${LIMIT_READS} metrics each, in ${Math.round(runs)} runs`,
    }),
  ];
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
      basis: `${RUN_SECONDS} second for each run; the meter takes one more second for every ${PROFILES_PER_SECOND} profiles, and the verification makes ${CALLS_PER_SECOND} calls per second`,
    }),
    priced('invocations of the functions', AWS_PRICES.lambdaRequest, invocations, { basis: 'scheduled invocations' }),
  ];
}

function logItems(plan: AccessPlan, runs: number, calls: number): readonly OwnCostItem[] {
  const meter = plan.functions.find(({ source }) => source === 'meter')?.schedule;
  const documents = plan.applications.length + 1;
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
