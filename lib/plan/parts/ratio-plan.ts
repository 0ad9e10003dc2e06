import type { MetricPlan } from './metric-plan';

/** A ratio in percent: one metric divided by the sum of others. */
export interface RatioPlan {
  readonly part: MetricPlan;
  readonly whole: readonly MetricPlan[];
}

/** Metrics, by the id that an expression uses for each. */
export type MetricsById = Readonly<Record<string, MetricPlan>>;

/**
 * Returns the metrics of a ratio under ids that begin with `prefix`, and the expressions for its percentage and its
 * sum.
 */
export function ratioMath(
  { part, whole }: RatioPlan,
  prefix: string,
): { readonly metrics: MetricsById; readonly percent: string; readonly sum: string } {
  const ids = whole.map((_, i) => `${prefix}w${i + 1}`);
  // A metric without a value in a period counts as 0, because the meter publishes no zeros.
  const sum = ids.map((id) => `FILL(${id}, 0)`).join(' + ');
  return {
    metrics: { [`${prefix}p`]: part, ...Object.fromEntries(ids.map((id, i) => [id, whole[i] ?? part])) },
    percent: `100 * FILL(${prefix}p, 0) / (${sum})`,
    sum,
  };
}
