import type { MetricPlan } from './metric-plan';
import type { RatioPlan } from './ratio-plan';

/** A dashboard of CloudWatch: widgets as data, from which its body and its preview are made. */
export interface DashboardPlan {
  readonly name: string;
  readonly widgets: readonly WidgetPlan[];
}

export type WidgetPlan = (GraphPlan | NumbersPlan | AlarmsPlan | TextPlan) & {
  /** Columns of the 24 that a dashboard has. */
  readonly width: number;
  readonly height: number;
};

/** Lines over time. */
export interface GraphPlan {
  readonly kind: 'graph';
  readonly title: string;
  readonly unit: string;
  readonly series: readonly SeriesPlan[];
  readonly periodSeconds: number;
  readonly stacked?: boolean;
  /** Values that are marked by a line across. */
  readonly limits?: readonly { readonly label: string; readonly value: number }[];
}

/** The newest values, as numbers. */
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
   * What the line is about, such as an alarm.
   *
   * @default - the line stands for itself
   */
  readonly about?: string;
  readonly text: string;
  /** A command to run. */
  readonly run?: string;
  readonly link?: { readonly text: string; readonly url: string };
}

/** A metric, or percent. */
export type SeriesPlan = {
  /**
   * How the legend calls it.
   *
   * @default - what tells it apart from the others, as CloudWatch finds it
   */
  readonly label?: string;
} & ({ readonly metric: MetricPlan } | { readonly ratio: RatioPlan });

/** Metrics that a widget reads. */
export function metricsOf(widget: WidgetPlan): readonly MetricPlan[] {
  return 'series' in widget
    ? widget.series.flatMap((s) => ('metric' in s ? [s.metric] : [s.ratio.part, ...s.ratio.whole]))
    : [];
}

/** What CloudWatch shows (third-party copies of AWS's limits, read 2026-11-21). */
export const DASHBOARD_LIMITS = { widgets: 500, metricsPerWidget: 500, metrics: 2500, alarmsPerWidget: 100 } as const;

/** Widgets that stand together, in sections, on as few pages as take them and a head of one text. */
export function paginate(sections: readonly (readonly WidgetPlan[])[]): readonly (readonly WidgetPlan[])[] {
  const size = (widgets: readonly WidgetPlan[]): number => widgets.reduce((sum, w) => sum + metricsOf(w).length, 0);
  const pages: WidgetPlan[][] = [[]];
  for (const section of sections) {
    const page = pages.at(-1) ?? [];
    const together = [...page, ...section];
    if (together.length >= DASHBOARD_LIMITS.widgets || size(together) > DASHBOARD_LIMITS.metrics) {
      pages.push([...section]);
    } else {
      page.push(...section);
    }
  }
  return pages;
}

/** A list in parts of at most `most`. */
export function inParts<T>(items: readonly T[], most: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, i) => items.slice(i * most, (i + 1) * most));
}
