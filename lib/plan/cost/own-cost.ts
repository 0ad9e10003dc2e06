import { AWS_PRICES, METRICS_AT_FIRST_PRICE } from '../../catalog/aws-prices';
import type { AccessPlan } from '../environment/access-plan';
import type { FunctionSource } from '../parts/function-plan';
import { chargedResources } from './charged-resources';
import { type OwnCostItem, priced } from './own-cost-item';
import { planProbeCost } from './probe-cost';
import { runsAMonth } from './runs-a-month';

/** What this project itself costs a month at list prices of us-east-1, without free tier and without the applications' calls. */
export interface OwnCost {
  readonly items: readonly OwnCostItem[];
  /** US dollars a month, of all items. */
  readonly usd: number;
  /** Calls of a run of the verification whose price is not known: they are in no item. */
  readonly unpricedCalls: number;
}

/**
 * Metrics of the verification, each charged for the hours in which it is written: those of an application, and those of
 * the environment (lambda/verify/metrics.ts).
 */
const VERIFICATION_METRICS = { application: 3, environment: 5 };

/**
 * Metrics of the meter where calls come in every hour, and none is throttled, fails, meets the cache or has no price
 * (lambda/meter/documents.ts): Calls, InputTokens, OutputTokens, EstimatedUsd of each alias, with LatencyP90, DailyUsd and
 * MonthUsd of an application and the environment, and the environment's MeterRan, WindowsMetered and VerificationOverdue.
 */
const METER_METRICS = { alias: 4, application: 7, environment: 10 };

/**
 * Metrics that a run of the meter reads of a profile that is called like that: InputTokenCount, OutputTokenCount,
 * Invocations and InvocationLatency; and WindowsMetered, its own (lambda/meter/bedrock-series.ts).
 */
const METER_READS = { profile: 4, environment: 1 };

/** Lists of metrics that a run of the meter asks for, and how many metrics CloudWatch puts on a page. */
const METER_LISTS = 2;
const LISTED_ON_PAGE = 500;

/** Seconds of a run; the meter takes one more for 100 profiles, as measured (docs/metering.md). */
const RUN_SECONDS = 3;
const PROFILES_A_SECOND = 100;

/** As the schedule is cut into runs (split-plan.ts): a second a call, 32 at a time. */
const CALLS_A_SECOND = 32;

/** Bytes of one document of metrics, and of one result of a probe, in a log. */
const LOGGED_BYTES = 700;

/** Requests that activating tags takes: one to look, one to change. */
const TAG_REQUESTS = 2;

/** State transitions of a batch of the verification, and of the whole. */
const TRANSITIONS = { batch: 4, run: 4 };

/** Decides nothing: counts what a plan holds, and says what that costs a month. */
export function planOwnCost(plan: AccessPlan): OwnCost {
  const { applications, region } = plan;
  const [{ schedule }] = plan.functions;
  const runs = runsAMonth(schedule.expression);
  const probes = planProbeCost(applications, region);
  const calls = applications.reduce((sum, a) => sum + a.probes.length, 0);
  const items = [
    {
      item: 'probes of the scheduled verification',
      quantity: probes.calls * runs,
      unit: 'answered call of a model',
      usd: probes.usd * runs,
      basis: `${probes.calls} answered calls at ${schedule.expression}, with the tokens that the sandbox counts, at the catalog's prices`,
    },
    ...chargedResources(plan),
    ...meterItems(plan),
    priced('metrics of the verification', AWS_PRICES.metric, verificationMetrics(plan, runs), {
      basis: `3 an application and 5 of all, charged for the hours in which ${schedule.expression} writes them`,
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
  const runs = runsAMonth(meter.schedule?.expression ?? '');
  const { applications } = plan;
  const aliases = aliasesOf(plan);
  const profiles = applications.reduce((sum, a) => sum + a.generations.length, 0);
  const metrics =
    METER_METRICS.alias * aliases + METER_METRICS.application * applications.length + METER_METRICS.environment;
  const reads = runs * (METER_READS.profile * profiles + METER_READS.environment);
  const beyond = Math.max(0, metrics - METRICS_AT_FIRST_PRICE);
  const pages = Math.max(1, Math.ceil((METER_READS.profile * profiles) / LISTED_ON_PAGE));
  return [
    priced('metrics of the meter', AWS_PRICES.metric, metrics - beyond, {
      basis: 'every alias is called in every hour; none is throttled, fails or meets the cache',
    }),
    priced('metrics of the meter beyond 10,000', AWS_PRICES.furtherMetric, beyond, { basis: 'as the others' }),
    priced('reading by the meter', AWS_PRICES.metricRead, reads, {
      basis: `${profiles} profiles called like that, ${METER_READS.profile} metrics each, ${Math.round(runs)} runs`,
    }),
    priced('listing by the meter', AWS_PRICES.cloudWatchRequest, runs * METER_LISTS * pages, {
      basis: `two lists a run, of ${pages} pages each`,
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
    meter: RUN_SECONDS + profiles / PROFILES_A_SECOND,
    verify: Math.max(RUN_SECONDS, calls / CALLS_A_SECOND),
  };
  const called = plan.functions.flatMap(({ source, schedule, memoryMegabytes }) =>
    schedule === undefined
      ? []
      : [
          {
            runs: runsAMonth(schedule.expression),
            seconds: seconds[source],
            gigabytes: memoryMegabytes / 1024,
          },
        ],
  );
  const gigabyteSeconds = called.reduce((sum, f) => sum + f.runs * f.seconds * f.gigabytes, 0);
  const invocations = called.reduce((sum, f) => sum + f.runs, 0);
  return [
    priced('running functions', AWS_PRICES.lambdaSecond, gigabyteSeconds, {
      basis: `${RUN_SECONDS} seconds a run, and of the meter one more for ${PROFILES_A_SECOND} profiles; the verification makes ${CALLS_A_SECOND} calls a second`,
    }),
    priced('calling functions', AWS_PRICES.lambdaRequest, invocations, { basis: 'as their schedules say' }),
  ];
}

function logItems(plan: AccessPlan, runs: number, calls: number): readonly OwnCostItem[] {
  const meter = plan.functions.find(({ source }) => source === 'meter')?.schedule;
  const documents = aliasesOf(plan) + 2 * plan.applications.length + 3;
  const bytes = LOGGED_BYTES * (runs * calls + (meter === undefined ? 0 : runsAMonth(meter.expression) * documents));
  return [
    priced('logs of the functions', AWS_PRICES.logGigabyte, bytes / 1e9, {
      basis: `${LOGGED_BYTES} bytes a probe and a document of metrics; invocation logs come on top, by the call`,
    }),
  ];
}

/** The daily look at tags, and the runs of a verification that is split. */
function accountItems(plan: AccessPlan, runs: number): readonly OwnCostItem[] {
  const tagging = plan.functions.find(({ source }) => source === 'account-settings')?.schedule;
  const batches = plan.split?.batches.length ?? 0;
  const transitions = batches === 0 ? 0 : runs * (TRANSITIONS.run + TRANSITIONS.batch * batches);
  return [
    priced(
      'Cost Explorer',
      AWS_PRICES.costExplorerRequest,
      tagging === undefined ? 0 : TAG_REQUESTS * runsAMonth(tagging.expression),
      { basis: 'looking after the cost allocation tags daily; the command costs comes on top' },
    ),
    priced('state transitions', AWS_PRICES.stateTransition, transitions, { basis: `${batches} batches a run` }),
  ];
}
