import { TOKEN_KINDS, type Tokens } from './cost-of';
import type { MetricNames } from './list-metrics';
import type { Series } from './read-series';

/**
 * The metrics that count each kind of tokens. The four kinds do not overlap.
 *
 * Cached tokens are counted under one of two names: the Bedrock User Guide lists the second, AWS's own dashboards use
 * the first (read in November 2026). The two are never added up: the first one with a value counts.
 */
export const TOKEN_METRICS = {
  input: ['InputTokenCount'],
  output: ['OutputTokenCount'],
  cacheRead: ['CacheReadInputTokenCount', 'CacheReadInputTokens'],
  cacheWrite: ['CacheWriteInputTokenCount', 'CacheWriteInputTokens'],
} as const satisfies Readonly<Record<keyof Tokens, readonly string[]>>;

/** Tokens of profiles in slots of time, which fill while their series are read. */
export interface CountedTokens {
  readonly series: readonly Series[];
  /** Returns the starts of the slots in which a profile has tokens, and the tokens. */
  readonly of: (id: string) => ReadonlyMap<number, Tokens>;
}

/**
 * Returns the series that count the tokens of profiles.
 *
 * @param kinds the kinds to count
 * @param names metrics that exist; absent if all have to be asked for. CloudWatch lists a new metric only after up to
 * 15 minutes
 */
export function tokenSeries(
  ids: readonly string[],
  names?: MetricNames,
  kinds: readonly (keyof Tokens)[] = TOKEN_KINDS,
): CountedTokens {
  /** Values by profile and metric, and then by slot. */
  const values = new Map<string, Map<number, number>>();
  const series = ids.flatMap((id) =>
    kinds
      .flatMap((kind): readonly string[] => TOKEN_METRICS[kind])
      .filter((metric) => names === undefined || names.get(id)?.has(metric) === true)
      .map((metric): Series => {
        const slots = new Map<number, number>();
        values.set(`${id} ${metric}`, slots);
        return {
          metric: { Namespace: 'AWS/Bedrock', MetricName: metric, Dimensions: [{ Name: 'ModelId', Value: id }] },
          stat: 'Sum',
          take: (at, value) => slots.set(at, (slots.get(at) ?? 0) + value),
        };
      }),
  );
  const of = (id: string): ReadonlyMap<number, Tokens> => {
    const tokens = new Map<number, Tokens>();
    for (const kind of TOKEN_KINDS) {
      const metrics: readonly string[] = TOKEN_METRICS[kind];
      const counted = metrics.map((metric) => values.get(`${id} ${metric}`)).find((slots) => (slots?.size ?? 0) > 0);
      for (const [at, value] of counted ?? []) {
        tokens.set(at, { ...tokens.get(at), [kind]: value });
      }
    }
    return tokens;
  };
  return { series, of };
}
