import type { MetricPlan } from './metric-plan';
import type { RatioPlan } from './ratio-plan';

/** A CloudWatch dashboard as plain data, from which its body and its preview are made. */
export interface DashboardPlan {
  readonly name: string;
  readonly widgets: readonly WidgetPlan[];
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
  readonly series: readonly SeriesPlan[];
  readonly periodSeconds: number;
  readonly stacked?: boolean;
  /** Values that horizontal lines mark. */
  readonly limits?: readonly { readonly label: string; readonly value: number }[];
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

/** One line of a graph or one number: a metric, or a ratio in percent. */
export type SeriesPlan = {
  /**
   * Label in the legend.
   *
   * @default - CloudWatch chooses a label that distinguishes the metric from the others
   */
  readonly label?: string;
} & ({ readonly metric: MetricPlan } | { readonly ratio: RatioPlan });

/** Returns the metrics that a widget reads. */
export function metricsOf(widget: WidgetPlan): readonly MetricPlan[] {
  return 'series' in widget
    ? widget.series.flatMap((s) => ('metric' in s ? [s.metric] : [s.ratio.part, ...s.ratio.whole]))
    : [];
}

/** Maximum numbers that CloudWatch shows (third-party copies of AWS's limits, read 2026-11-21). */
export const DASHBOARD_LIMITS = { widgets: 500, metricsPerWidget: 500, metrics: 2500, alarmsPerWidget: 100 } as const;

/**
 * Distributes widgets over as few pages as possible. The widgets of a section stay on one page, and each page has room
 * for one more text widget at its top.
 */
export function paginate(sections: readonly (readonly WidgetPlan[])[]): readonly (readonly WidgetPlan[])[] {
  const size = (widgets: readonly WidgetPlan[]): number => widgets.reduce((sum, w) => sum + metricsOf(w).length, 0);
  const pages: WidgetPlan[][] = [[]];
  for (const section of sections) {
    const page = pages.at(-1) ?? [];
    const combined = [...page, ...section];
    if (combined.length >= DASHBOARD_LIMITS.widgets || size(combined) > DASHBOARD_LIMITS.metrics) {
      pages.push([...section]);
    } else {
      page.push(...section);
    }
  }
  return pages;
}

/** Splits a list into chunks of at most `size` items. */
export function chunksOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
