import type { Series } from '../dollars/read-series';

/** A metric of Bedrock, added up over several ids, in slots that fill while its series are read. */
export interface SummedCalls {
  readonly series: readonly Series[];
  /** Sums by the start of the slot. */
  readonly slots: ReadonlyMap<number, number>;
  /** Returns the ids that have a value above zero. */
  readonly called: () => readonly string[];
}

/** Adds up a metric over the ids that calls named. */
export function summedCalls(MetricName: string, ids: readonly string[]): SummedCalls {
  const slots = new Map<number, number>();
  const called = new Set<string>();
  const series = ids.map((id): Series => {
    const Dimensions = [{ Name: 'ModelId', Value: id }];
    return {
      metric: { Namespace: 'AWS/Bedrock', MetricName, Dimensions },
      stat: 'Sum',
      take(at, value) {
        slots.set(at, (slots.get(at) ?? 0) + value);
        if (value > 0) {
          called.add(id);
        }
      },
    };
  });
  return { series, slots, called: () => [...called] };
}
