import type { MetricPlan } from './metric-plan';

/**
 * The text that a dashboard's variable replaces. It stands in the ids of expressions between a kind of figure and an
 * application: `calls_APPLICATION_` becomes `calls_supportXchat_`, or `calls_` for all applications.
 */
export const CHOSEN = '_APPLICATION_';

/** Ids of the same figure under different names, of which an account has one. They are never added up. */
type Alternatives = readonly string[];

/** One line of a graph, one number, or something hidden that others read. */
export type SeriesPlan =
  /** A metric. With an id it is hidden, and shown only by the series `chosen`. */
  | { readonly kind: 'metric'; readonly metric: MetricPlan; readonly label?: string; readonly id?: string }
  /** The metrics of the chosen application whose ids begin with `of`. */
  | { readonly kind: 'chosen'; readonly of: string; readonly label: string }
  /** The sum of the chosen application's metrics whose ids begin with one of `of`. */
  | { readonly kind: 'sum'; readonly of: readonly Alternatives[]; readonly label: string }
  /** The sum of the chosen application's metrics whose ids begin with one of `part`, in percent of `whole`. */
  | {
      readonly kind: 'percent';
      readonly part: readonly Alternatives[];
      readonly whole: readonly Alternatives[];
      readonly label: string;
    }
  /** Hidden: tokens times their prices. */
  | { readonly kind: 'dollars'; readonly id: string; readonly label: string; readonly tokens: readonly PricedTokens[] }
  /** Hidden: several series as one. */
  | { readonly kind: 'list'; readonly id: string; readonly of: readonly string[] }
  /** Hidden: a level that is always the same, or no line without a value. `like` is the id of any metric of the widget. */
  | { readonly kind: 'level'; readonly id: string; readonly value?: number; readonly like: string }
  /** What is hidden under `of` for the chosen application. */
  | { readonly kind: 'shown'; readonly of: string; readonly label?: string };

/** Tokens of one kind, by the ids of their metrics, and their price. */
export interface PricedTokens {
  readonly ids: Alternatives;
  readonly usdPerMillion: number;
}

/** Writes the metric math of a series ("Metric math syntax and functions", CloudWatch User Guide, read 2026-11-30). */
export function expressionOf(series: Exclude<SeriesPlan, { readonly kind: 'metric' }>): string {
  switch (series.kind) {
    case 'chosen':
      return chosenMetrics(series.of);
    case 'sum':
      return sumOf(series.of);
    case 'percent':
      return `100 * (${sumOf(series.part)}) / (${sumOf(series.whole)})`;
    case 'dollars':
      return `(${series.tokens
        .map(({ ids, usdPerMillion }) => `${usdPerMillion} * ${greatest(ids.map((id) => `FILL(${id}, 0)`))}`)
        .join(' + ')}) / 1000000`;
    case 'list':
      return `SORT([${series.of.join(', ')}], SUM, DESC)`;
    case 'level':
      // A metric is never below zero, so the second expression has no values.
      return series.value === undefined ? `IF(${series.like} < 0, ${series.like})` : `TIME_SERIES(${series.value})`;
    case 'shown':
      return `${series.of}${CHOSEN}`;
  }
}

function chosenMetrics(kind: string): string {
  return `METRICS("${kind}${CHOSEN}")`;
}

function sumOf(kinds: readonly Alternatives[]): string {
  return kinds.map((names) => greatest(names.map((name) => `FILL(SUM(${chosenMetrics(name)}), 0)`))).join(' + ');
}

function greatest([first = '', second]: readonly string[]): string {
  return second === undefined ? first : `IF(${first} > ${second}, ${first}, ${second})`;
}
