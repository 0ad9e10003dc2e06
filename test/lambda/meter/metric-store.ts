import type { DataResult, Metric } from '../../../aws/services/cloudwatch';

/** A value of a metric at a time, in seconds since 1970. */
export type Sample = readonly [at: number, value: number];

/** The metrics that a test adds to an account. */
export class MetricStore {
  /** Current time. Values after it are not visible yet. */
  now = Number.POSITIVE_INFINITY;
  readonly #series = new Map<string, { readonly metric: Metric; readonly samples: Sample[] }>();

  /** Adds values of a metric. @param dimensions in the order in which CloudWatch lists them */
  add(
    Namespace: string,
    MetricName: string,
    dimensions: Readonly<Record<string, string>>,
    ...samples: readonly Sample[]
  ): void {
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    const metric = { Namespace, MetricName, Dimensions };
    const series = this.#series.get(keyOf(metric)) ?? { metric, samples: [] };
    series.samples.push(...samples);
    this.#series.set(keyOf(metric), series);
  }

  /** Lists the metrics of a namespace that have values since a time. */
  since(namespace: string, from: number): readonly Metric[] {
    return [...this.#series.values()]
      .filter(
        ({ metric, samples }) => metric.Namespace === namespace && samples.some(([at]) => at >= from && at <= this.now),
      )
      .map(({ metric }) => metric);
  }

  /** Returns a statistic in slots, newest first, like CloudWatch. */
  read(metric: Metric, stat: string, period: number, start: number, end: number): Omit<DataResult, 'Id'> {
    const slots = new Map<number, number[]>();
    for (const [at, value] of this.#series.get(keyOf(metric))?.samples ?? []) {
      const slot = Math.floor(at / period) * period;
      if (slot >= start && slot < end && at <= this.now) {
        slots.set(slot, [...(slots.get(slot) ?? []), value]);
      }
    }
    const Timestamps = [...slots.keys()].sort((a, b) => b - a);
    return { Timestamps, Values: Timestamps.map((at) => statistic(stat, slots.get(at) ?? [])) };
  }
}

function statistic(stat: string, values: readonly number[]): number {
  const rising = values.toSorted((a, b) => a - b);
  switch (stat) {
    case 'Sum':
      return values.reduce((a, b) => a + b, 0);
    case 'SampleCount':
      return values.length;
    case 'Maximum':
      return Math.max(...values);
    case 'p90':
      return rising[Math.ceil(values.length * 0.9) - 1] ?? 0;
    default:
      throw new Error(`the statistic ${stat} is not supported`);
  }
}

function keyOf({ Namespace, MetricName, Dimensions = [] }: Metric): string {
  return JSON.stringify([Namespace, MetricName, Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).sort()]);
}
