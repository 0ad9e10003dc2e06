import { retry } from '../../../aws/retry/retry';
import { cloudWatch } from '../../../aws/services/cloudwatch';
import type { Post } from '../../../aws/services/post';
import { systemClock } from '../../../aws/system-clock';
import { callAws } from '../aws-failure';
import type { Estimate } from './costs-found';
import { dayAfter } from './utc-days';

const NAMESPACE = 'BedrockAccess';

/** Maximum number of queries in one GetMetricData request (botocore 1.44.5). */
const MAX_QUERIES = 500;

const DAY_SECONDS = 86_400;

interface Query {
  readonly metric: string;
  readonly stat: 'Maximum' | 'Sum';
  readonly application?: string;
}

/**
 * Reads from CloudWatch the estimates that the meter published for a day (`YYYY-MM-DD`, UTC).
 *
 * `DailyUsd` is a gauge that each run of the meter sets to the dollars so far, so that its maximum is the day's total.
 * `MeterRan` tells a day without calls from a day on which the meter did not run.
 *
 * @returns the estimates by application, or `undefined` when the meter did not run on that day
 * @throws AwsFailure when CloudWatch cannot be called
 */
export async function estimatedDollars(
  post: Post,
  environment: string,
  applications: readonly string[],
  day: string,
): Promise<ReadonlyMap<string, Estimate> | undefined> {
  const queries: readonly Query[] = [
    { metric: 'MeterRan', stat: 'Sum' },
    ...applications.flatMap((application) => [
      { metric: 'DailyUsd', stat: 'Maximum' as const, application },
      { metric: 'UnpricedTokens', stat: 'Sum' as const, application },
    ]),
  ];
  const values = await callAws("read the meter's estimates (cloudwatch:GetMetricData)", async () => {
    const read: (number | undefined)[] = [];
    for (let from = 0; from < queries.length; from += MAX_QUERIES) {
      read.push(...(await readValues(post, environment, queries.slice(from, from + MAX_QUERIES), day)));
    }
    return read;
  });
  return values[0] === undefined
    ? undefined
    : new Map(
        applications.map((application, i) => [
          application,
          { usd: values[1 + 2 * i] ?? 0, unpricedTokens: values[2 + 2 * i] ?? 0 },
        ]),
      );
}

/** Reads the value of each query for the day. CloudWatch gives one value for a day, or none. */
async function readValues(
  post: Post,
  environment: string,
  queries: readonly Query[],
  day: string,
): Promise<readonly (number | undefined)[]> {
  const input = {
    StartTime: Date.parse(day) / 1000,
    EndTime: Date.parse(dayAfter(day)) / 1000,
    MetricDataQueries: queries.map(({ metric, stat, application }, i) => ({
      Id: `q${i}`,
      MetricStat: {
        Metric: {
          Namespace: NAMESPACE,
          MetricName: metric,
          Dimensions: [
            { Name: 'Environment', Value: environment },
            ...(application === undefined ? [] : [{ Name: 'Application', Value: application }]),
          ],
        },
        Period: DAY_SECONDS,
        Stat: stat,
      },
    })),
  };
  const values = new Map<string, number>();
  let token: string | undefined;
  do {
    const { ended } = await retry(systemClock(undefined), (signal) =>
      cloudWatch(post).getMetricData({ ...input, ...(token !== undefined && { NextToken: token }) }, signal),
    );
    if ('failure' in ended) {
      const { name, code, fullMessage } = ended.failure.error;
      throw Object.assign(new Error(fullMessage), { name, code });
    }
    const { MetricDataResults = [], NextToken } = ended.value;
    for (const { Id = '', StatusCode = 'Complete', Values: [value] = [] } of MetricDataResults) {
      if (StatusCode !== 'Complete' && StatusCode !== 'PartialData') {
        throw new Error(`the data of a metric has the status ${StatusCode} instead of Complete`);
      }
      if (value !== undefined) {
        values.set(Id, value);
      }
    }
    token = NextToken || undefined;
  } while (token !== undefined);
  return queries.map((_, i) => values.get(`q${i}`));
}
