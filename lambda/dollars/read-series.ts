import { atMost } from '../../aws/at-most';
import type { Clock } from '../../aws/clock';
import type { CloudWatch, DataResult, Metric } from '../../aws/services/cloudwatch';
import { askCloudWatch } from './ask-cloudwatch';

/** One statistic of one metric over time, and the function that receives its values. */
export interface Series {
  readonly metric: Metric;
  readonly stat: 'Sum' | 'Maximum' | 'SampleCount' | 'p90';
  /** Receives the value of each slot that has one, in any order. */
  readonly take: (at: number, value: number) => void;
}

/** A period that is read in slots. Times are in seconds since 1970, and the end is exclusive. */
export interface Period {
  readonly start: number;
  readonly end: number;
  readonly slotSeconds: number;
}

/** Maximum number of queries in a call of GetMetricData ("GetMetricData", November 2026). */
const MAX_QUERIES = 500;

/** Number of simultaneous requests. An account may make 50 per second in a Region. */
const MAX_CONCURRENT_CALLS = 8;

/**
 * Reads all the series.
 *
 * @throws Error when a series is missing, because an incomplete sum would look like a complete one
 */
export async function readSeries(
  cloudWatch: CloudWatch,
  clock: Clock,
  period: Period,
  all: readonly Series[],
): Promise<void> {
  const limit = atMost(MAX_CONCURRENT_CALLS);
  const batches = Array.from({ length: Math.ceil(all.length / MAX_QUERIES) }, (_, i) =>
    all.slice(i * MAX_QUERIES, (i + 1) * MAX_QUERIES),
  );
  await Promise.all(batches.map((batch) => limit(() => readBatch(cloudWatch, clock, period, batch))));
}

async function readBatch(
  cloudWatch: CloudWatch,
  clock: Clock,
  { start, end, slotSeconds }: Period,
  batch: readonly Series[],
): Promise<void> {
  const request = {
    StartTime: start,
    EndTime: end,
    MetricDataQueries: batch.map(({ metric, stat }, i) => ({
      Id: `m${i}`,
      MetricStat: { Metric: metric, Period: slotSeconds, Stat: stat },
    })),
  };
  const missing = new Map(batch.map((series, i) => [`m${i}`, series]));
  let token: string | null | undefined;
  do {
    const pageRequest = { ...request, ...(token && { NextToken: token }) };
    const page = await askCloudWatch(clock, 'GetMetricData', async (signal) => {
      const { MetricDataResults = [], NextToken } = await cloudWatch.getMetricData(pageRequest, signal);
      refuseGaps(MetricDataResults, Boolean(NextToken));
      return { results: MetricDataResults, token: NextToken };
    });
    for (const { Id = '', StatusCode, Timestamps = [], Values = [] } of page.results) {
      const take = batch[Number(Id.slice(1))]?.take;
      Timestamps.forEach((at, i) => {
        take?.(at, Values[i] ?? 0);
      });
      if (StatusCode === 'Complete') {
        missing.delete(Id);
      }
    }
    token = page.token;
  } while (token);
  const [first] = missing.values();
  if (first !== undefined) {
    const { MetricName, Dimensions } = first.metric;
    throw new Error(
      `CloudWatch returned no data for ${missing.size} metrics, among them ${MetricName} ${JSON.stringify(Dimensions)}`,
    );
  }
}

/** Throws if data is incomplete, so that the call is retried. Partial data is complete if a later page has the rest. */
function refuseGaps(results: readonly DataResult[], more: boolean): void {
  const wrong = results.find(({ StatusCode }) => StatusCode !== 'Complete' && !(more && StatusCode === 'PartialData'));
  if (wrong !== undefined) {
    // The name is that of CloudWatch's own failures, so that this error is retried like one.
    throw Object.assign(new Error(`the data of a metric has the status ${wrong.StatusCode} instead of Complete`), {
      name: 'InternalFailure',
    });
  }
}
