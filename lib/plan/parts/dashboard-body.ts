import type { DashboardPlan, WidgetPlan } from './dashboard-plan';
import { CHOSEN, expressionOf, type SeriesPlan } from './series-plan';

type Body = {
  readonly start: string;
  readonly variables: readonly unknown[];
  readonly widgets: readonly unknown[];
};

/**
 * Writes the body of a dashboard ("Dashboard Body Structure and Syntax", CloudWatch API reference). Widgets are placed
 * from left to right, row by row.
 */
export function dashboardBody({ choices, widgets }: DashboardPlan, region: string): Body {
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
  return { start: '-P1D', variables: [variable(choices)], widgets: placed };
}

/** Writes the variable: the console replaces its pattern in the whole body by the value of the choice. */
function variable(choices: DashboardPlan['choices']) {
  return {
    type: 'pattern',
    pattern: CHOSEN,
    inputType: 'select',
    id: 'application',
    label: 'Application',
    defaultValue: choices[0]?.value,
    visible: true,
    values: choices,
  };
}

const COLUMNS = 24;

function content(widget: WidgetPlan, region: string) {
  const { title } = widget;
  switch (widget.kind) {
    case 'text':
      return { type: 'text', properties: { markdown: markdownOf(widget) } };
    case 'alarms':
      return {
        type: 'alarm',
        properties: { title, alarms: widget.alarms, ...(widget.ringingOnly && { states: ['ALARM'] }) },
      };
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
          yAxis: {
            left: { min: 0, label: widget.unit, showUnits: false },
            ...(widget.rightUnit !== undefined && { right: { min: 0, label: widget.rightUnit, showUnits: false } }),
          },
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
  let previous: readonly string[] = [];
  return series.map((s) => {
    if (s.kind !== 'metric') {
      return [{ expression: expressionOf(s), ...shownAs(s) }];
    }
    const { namespace, name, dimensions, statistic } = s.metric;
    const names = [namespace, name, ...Object.entries(dimensions).flat()];
    const short = names.map((value, i) => (value === previous[i] ? '.' : value));
    previous = names;
    return [...short, { stat: statistic, ...shownAs(s) }];
  });
}

/** Writes the display options of a series. What has an id is hidden, and read by others. */
function shownAs(series: SeriesPlan) {
  return {
    ...('id' in series && { id: series.id, visible: false }),
    ...('label' in series && { label: series.label }),
    ...(series.kind === 'percent' && { yAxis: 'right' }),
  };
}
