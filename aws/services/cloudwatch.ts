import { readJsonAnswer } from './json-answer';
import type { Post } from './post';

/** A metric, in CloudWatch's own field names. */
export interface Metric {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name?: string; readonly Value?: string }[];
}

/** Selects the metrics to list. */
export interface MetricFilter extends Metric {
  /** Lists only metrics with values in the last three hours, plus up to 50 minutes ("ListMetrics", November 2026). */
  readonly RecentlyActive?: 'PT3H';
  readonly NextToken?: string;
}

/** A query for one statistic of one metric, in slots of `Period` seconds. */
export interface MetricQuery {
  readonly Id: string;
  readonly MetricStat: { readonly Metric: Metric; readonly Period: number; readonly Stat: string };
}

/** A request for the data of metrics. Times are in seconds since 1970, and the end is exclusive. */
export interface DataRequest {
  readonly StartTime: number;
  readonly EndTime: number;
  readonly MetricDataQueries: readonly MetricQuery[];
  readonly NextToken?: string;
}

/** The data of one query. Its status is `PartialData` if a later page has more. */
export interface DataResult {
  readonly Id?: string;
  readonly StatusCode?: string;
  readonly Timestamps?: readonly number[];
  readonly Values?: readonly number[];
}

/** A page of an answer. The last page has no token. */
interface Page {
  readonly NextToken?: string | null;
}

/** The operations of CloudWatch. Each call returns one page. */
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
 * Calls CloudWatch by AWS JSON 1.0, one of its protocols (botocore 1.44.5, `protocols`; the SDK for JavaScript 3.1162.0
 * uses it).
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
