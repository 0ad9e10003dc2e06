import { readJsonAnswer } from './json-answer';
import type { Post } from './signed-post';

/** A metric as CloudWatch names it. */
export interface Metric {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name?: string; readonly Value?: string }[];
}

/** Which metrics to list. */
export interface MetricFilter extends Metric {
  /** Only metrics with values in the last three hours, and maybe 50 minutes more ("ListMetrics", November 2026). */
  readonly RecentlyActive?: 'PT3H';
  readonly NextToken?: string;
}

/** One metric's statistic in slots of `Period` seconds. */
export interface MetricQuery {
  readonly Id: string;
  readonly MetricStat: { readonly Metric: Metric; readonly Period: number; readonly Stat: string };
}

/** Times are seconds since 1970; the end itself is not asked for. */
export interface DataRequest {
  readonly StartTime: number;
  readonly EndTime: number;
  readonly MetricDataQueries: readonly MetricQuery[];
  readonly NextToken?: string;
}

/** What there is of a query: `PartialData` where a later page has more. */
export interface DataResult {
  readonly Id?: string;
  readonly StatusCode?: string;
  readonly Timestamps?: readonly number[];
  readonly Values?: readonly number[];
}

/** The last page has no token. */
interface Page {
  readonly NextToken?: string | null;
}

/** One page of each question to CloudWatch. */
export interface CloudWatch {
  readonly listMetrics: (
    filter: MetricFilter,
    signal: AbortSignal,
  ) => Promise<Page & { readonly Metrics?: readonly Metric[] }>;
  readonly getMetricData: (
    request: DataRequest,
    signal: AbortSignal,
  ) => Promise<Page & { readonly MetricDataResults?: readonly DataResult[] }>;
}

/**
 * Asks CloudWatch, one of whose protocols is AWS JSON 1.0 (botocore 1.44.5, `protocols`; the SDK for JavaScript
 * 3.1162.0 sends it).
 */
export function cloudWatch(post: Post): CloudWatch {
  const ask =
    <Input, Answer>(operation: string) =>
    async (input: Input, signal: AbortSignal): Promise<Answer> => {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `GraniteServiceVersion20100801.${operation}`,
      };
      return readJsonAnswer(await post(headers, JSON.stringify(input), signal)) as Answer;
    };
  return { listMetrics: ask('ListMetrics'), getMetricData: ask('GetMetricData') };
}
