import type { MetricPlan } from './metric-plan';

/** Percent that some metrics are of others. */
export interface RatioPlan {
  readonly part: MetricPlan;
  readonly whole: readonly MetricPlan[];
}

/** Metrics by the id that an expression calls them by. */
export type MetricsById = Readonly<Record<string, MetricPlan>>;

/** The metrics of a ratio under ids that begin with `prefix`, and the expressions over them. */
export function ratioMath(
  { part, whole }: RatioPlan,
  prefix: string,
): { readonly metrics: MetricsById; readonly percent: string; readonly sum: string } {
  const ids = whole.map((_, i) => `${prefix}w${i + 1}`);
  // A metric without a value in a period is 0 there: the meter publishes nothing for what did not happen.
  const sum = ids.map((id) => `FILL(${id}, 0)`).join(' + ');
  return {
    metrics: { [`${prefix}p`]: part, ...Object.fromEntries(ids.map((id, i) => [id, whole[i] ?? part])) },
    percent: `100 * FILL(${prefix}p, 0) / (${sum})`,
    sum,
  };
}
