import { atMost } from '../../aws/at-most';
import type { Clock } from '../../aws/clock';
import type { CloudWatch, DataResult, Metric } from '../../aws/services/cloudwatch';
import { askCloudWatch } from './ask-cloudwatch';

/** One statistic of one metric over time, and what is done with its values. */
export interface Series {
  readonly metric: Metric;
  readonly stat: 'Sum' | 'Maximum' | 'SampleCount' | 'p90';
  /** Called once for every slot that has a value, in no order. */
  readonly take: (at: number, value: number) => void;
}

/** From the start up to, but not including, the end, in slots; all in seconds, times since 1970. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly slotSeconds: number;
}

/** GetMetricData takes no more ("GetMetricData", November 2026). */
const MOST_QUERIES = 500;

/** Of 50 requests a second that an account may make in a Region. */
const AT_A_TIME = 8;

/**
 * Reads all of them.
 *
 * @throws Error when anything is missing, since a sum of what is there would look like all there is
 */
export async function readSeries(
  cloudWatch: CloudWatch,
  clock: Clock,
  stretch: Stretch,
  all: readonly Series[],
): Promise<void> {
  const limit = atMost(AT_A_TIME);
  const batches = Array.from({ length: Math.ceil(all.length / MOST_QUERIES) }, (_, i) =>
    all.slice(i * MOST_QUERIES, (i + 1) * MOST_QUERIES),
  );
  await Promise.all(batches.map((batch) => limit(() => readBatch(cloudWatch, clock, stretch, batch))));
}

async function readBatch(
  cloudWatch: CloudWatch,
  clock: Clock,
  { start, end, slotSeconds }: Stretch,
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
    const asked = { ...request, ...(token && { NextToken: token }) };
    const page = await askCloudWatch(clock, 'GetMetricData', async (signal) => {
      const { MetricDataResults = [], NextToken } = await cloudWatch.getMetricData(asked, signal);
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
      `nothing is written, since CloudWatch said nothing of ${missing.size} metrics, among them ${MetricName} ${JSON.stringify(Dimensions)}`,
    );
  }
}

/** Part of the data is an answer where a later page has more. Anything else is asked for again. */
function refuseGaps(results: readonly DataResult[], more: boolean): void {
  const wrong = results.find(({ StatusCode }) => StatusCode !== 'Complete' && !(more && StatusCode === 'PartialData'));
  if (wrong !== undefined) {
    // Named as CloudWatch names a failure of its own, so that it counts as one.
    throw Object.assign(new Error(`the data of a metric has the status ${wrong.StatusCode} instead of Complete`), {
      name: 'InternalFailure',
    });
  }
}
