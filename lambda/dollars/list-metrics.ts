import type { Clock } from '../../aws/clock';
import type { CloudWatch, MetricFilter } from '../../aws/services/cloudwatch';
import { askCloudWatch } from './ask-cloudwatch';

/**
 * Names of the metrics of Bedrock that have values, keyed by the id that the calls named: a profile's short id or a
 * model's id.
 */
export type MetricNames = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Lists the metrics that had values within two weeks, or within three hours if `recently` is true.
 *
 * Metrics with more dimensions, such as those by service tier, are already part of the others and are ignored.
 */
export async function listMetrics(cloudWatch: CloudWatch, clock: Clock, recently: boolean): Promise<MetricNames> {
  const filter: MetricFilter = {
    Namespace: 'AWS/Bedrock',
    Dimensions: [{ Name: 'ModelId' }],
    ...(recently && { RecentlyActive: 'PT3H' }),
  };
  const names = new Map<string, Set<string>>();
  let token: string | null | undefined;
  do {
    const request = { ...filter, ...(token && { NextToken: token }) };
    const page = await askCloudWatch(clock, 'ListMetrics', (signal) => cloudWatch.listMetrics(request, signal));
    for (const { MetricName = '', Dimensions: [dimension, ...others] = [] } of page.Metrics ?? []) {
      if (dimension?.Name === 'ModelId' && others.length === 0) {
        const id = dimension.Value ?? '';
        names.set(id, (names.get(id) ?? new Set()).add(MetricName));
      }
    }
    token = page.NextToken;
  } while (token);
  return names;
}
