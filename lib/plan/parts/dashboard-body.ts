import type { DashboardPlan, SeriesPlan, WidgetPlan } from './dashboard-plan';
import type { MetricPlan } from './metric-plan';
import { ratioMath } from './ratio-plan';

type Body = { readonly start: string; readonly widgets: readonly unknown[] };

/**
 * Writes the body of a dashboard ("Dashboard Body Structure and Syntax", CloudWatch API reference). Widgets are placed
 * from left to right, row by row.
 */
export function dashboardBody({ widgets }: DashboardPlan, region: string): Body {
  const placed: unknown[] = [];
  let [x, y, row] = [0, 0, 0];
  for (const widget of widgets) {
    if (x + widget.width > COLUMNS) {
      [x, y, row] = [0, y + row, 0];
    }
    const { width, height } = widget;
    placed.push({ ...content(widget, region), x, y, width, height });
    x += width;
    row = Math.max(row, height);
  }
  return { start: '-P1D', widgets: placed };
}

const COLUMNS = 24;

function content(widget: WidgetPlan, region: string) {
  const { title } = widget;
  switch (widget.kind) {
    case 'text':
      return { type: 'text', properties: { markdown: markdownOf(widget) } };
    case 'alarms':
      return { type: 'alarm', properties: { title, alarms: widget.alarms } };
    case 'numbers':
      return {
        type: 'metric',
        properties: {
          title,
          region,
          view: 'singleValue',
          period: widget.periodSeconds,
          metrics: rowsOf(widget.series),
        },
      };
    case 'graph':
      return {
        type: 'metric',
        properties: {
          title,
          region,
          view: 'timeSeries',
          stacked: widget.stacked ?? false,
          period: widget.periodSeconds,
          yAxis: { left: { min: 0, label: widget.unit, showUnits: false } },
          ...(widget.limits !== undefined && { annotations: { horizontal: widget.limits } }),
          metrics: rowsOf(widget.series),
        },
      };
  }
}

function markdownOf({ title, lines }: Extract<WidgetPlan, { readonly kind: 'text' }>): string {
  const line = ({ about, text, run, link }: (typeof lines)[number]): string =>
    [
      about === undefined ? '' : `**${about}** `,
      text,
      run === undefined ? '' : ` \`${run}\``,
      link === undefined ? '' : ` [${link.text}](${link.url})`,
    ].join('');
  return [`## ${title}`, ...lines.map(line)].join('\n\n');
}

type Row = readonly unknown[];

/**
 * Writes metrics as rows of names, dimensions and display options. A value that equals the value in the same column of
 * the row before is written as a dot, which CloudWatch allows. Otherwise the metrics of a thousand applications would
 * not fit a template.
 */
function rowsOf(series: readonly SeriesPlan[]): readonly Row[] {
  const rows = series.flatMap((s, i): readonly (readonly [metric: MetricPlan | undefined, shown: object])[] => {
    const label = s.label === undefined ? {} : { label: s.label };
    if ('metric' in s) {
      return [[s.metric, label]];
    }
    const { metrics, percent } = ratioMath(s.ratio, `m${i + 1}`);
    return [
      ...Object.entries(metrics).map(([id, metric]) => [metric, { id, visible: false }] as const),
      [undefined, { id: `e${i + 1}`, expression: percent, ...label }] as const,
    ];
  });
  let previous: readonly string[] = [];
  return rows.map(([metric, shown]) => {
    if (metric === undefined) {
      return [shown];
    }
    const { namespace, name, dimensions, statistic } = metric;
    const names = [namespace, name, ...Object.entries(dimensions).flat()];
    const short = names.map((value, i) => (value === previous[i] ? '.' : value));
    previous = names;
    return [...short, { stat: statistic, ...shown }];
  });
}
