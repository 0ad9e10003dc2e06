import type { MetricPlan } from './metric-plan';
import type { SeriesPlan } from './series-plan';

/** A CloudWatch dashboard as plain data, from which its body and its preview are made. */
export interface DashboardPlan {
  readonly name: string;
  /** The choices of its variable. Each replaces {@link CHOSEN} in the whole body. The first one is the default. */
  readonly choices: readonly Choice[];
  readonly widgets: readonly WidgetPlan[];
}

/** One choice of a dashboard's variable. */
export interface Choice {
  readonly label: string;
  /** Part of the ids of the metrics that this choice shows. */
  readonly value: string;
}

export type WidgetPlan = (GraphPlan | NumbersPlan | AlarmsPlan | TextPlan) & {
  /** Width in columns. A dashboard has 24. */
  readonly width: number;
  readonly height: number;
};

/** A graph of lines over time. */
export interface GraphPlan {
  readonly kind: 'graph';
  readonly title: string;
  readonly unit: string;
  /**
   * Unit of the series at the right axis.
   *
   * @default - every series is at the left axis
   */
  readonly rightUnit?: string;
  readonly series: readonly SeriesPlan[];
  readonly periodSeconds: number;
  readonly stacked?: boolean;
}

/** A widget that shows the newest values as numbers. */
export interface NumbersPlan {
  readonly kind: 'numbers';
  readonly title: string;
  readonly unit: string;
  readonly series: readonly SeriesPlan[];
  readonly periodSeconds: number;
}

export interface AlarmsPlan {
  readonly kind: 'alarms';
  readonly title: string;
  /** At most 100 ARNs. */
  readonly alarms: readonly string[];
  /** True for a widget that shows only the alarms that ring, because all would not fit. */
  readonly ringingOnly?: boolean;
}

export interface TextPlan {
  readonly kind: 'text';
  readonly title: string;
  readonly lines: readonly TextLine[];
}

export interface TextLine {
  /**
   * Subject of the line, such as the name of an alarm.
   *
   * @default - the line has no subject
   */
  readonly about?: string;
  readonly text: string;
  /** A command to run. */
  readonly run?: string;
  readonly link?: { readonly text: string; readonly url: string };
}

/** Returns the metrics that a widget reads, shown or hidden. */
export function metricsOf(widget: WidgetPlan): readonly MetricPlan[] {
  return 'series' in widget ? widget.series.flatMap((s) => (s.kind === 'metric' ? [s.metric] : [])) : [];
}

/**
 * Maximum numbers that CloudWatch shows (CloudWatch quotas and "Using math expressions", read 2026-11-30). Hidden metrics
 * count too, and expressions count in a widget.
 */
export const DASHBOARD_LIMITS = { widgets: 500, rowsPerWidget: 500, metrics: 2500, alarmsPerWidget: 100 } as const;

/** Splits a list into chunks of at most `size` items. */
export function chunksOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
