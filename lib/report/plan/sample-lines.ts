import type { SeriesPlan } from '../../plan/parts/series-plan';
import { sampleValues, type Values } from './sample-values';

/** A line with made-up values, at the left or the right axis. */
export interface SampleLine {
  readonly label: string;
  readonly values: Values;
  readonly right: boolean;
}

export interface SampleGraph {
  readonly lines: readonly SampleLine[];
  /** Levels that are always the same, such as a budget. */
  readonly levels: readonly { readonly label: string; readonly value: number }[];
}

/** Makes up what a widget shows when `choice` is chosen, as CloudWatch evaluates its expressions. */
export function sampleGraph(series: readonly SeriesPlan[], choice: string): SampleGraph {
  const hidden = new Map(series.flatMap((s) => ('id' in s && s.id !== undefined ? [[s.id, s] as const] : [])));
  const metrics = [...hidden].flatMap(([id, s]) => (s.kind === 'metric' ? [{ id, label: s.label ?? id, s }] : []));
  const chosen = (kind: string) => metrics.filter(({ id }) => id.includes(`${kind}${choice}`));
  const greatest = (all: readonly Values[]): Values =>
    (all[0] ?? []).map((_, hour) => Math.max(...all.map((values) => values[hour] ?? 0)));
  const sum = (all: readonly Values[]): Values =>
    (all[0] ?? []).map((_, hour) => all.reduce((total, values) => total + (values[hour] ?? 0), 0));
  const valuesOf = (id: string): Values => {
    const found = metrics.find((m) => m.id === id);
    return found === undefined ? [] : sampleValues(found.s.metric);
  };
  const sums = (kinds: readonly (readonly string[])[]): Values =>
    sum(kinds.map((names) => greatest(names.map((name) => sum(chosen(name).map(({ s }) => sampleValues(s.metric)))))));
  const left = (label: string, values: Values): SampleLine => ({ label, values, right: false });
  const linesOf = (s: SeriesPlan): readonly SampleLine[] => {
    switch (s.kind) {
      case 'metric':
        return s.id === undefined ? [left(s.label ?? s.metric.name, sampleValues(s.metric))] : [];
      case 'chosen':
        return chosen(s.of).map(({ label, s: { metric } }) => left(`${s.label} ${label}`, sampleValues(metric)));
      case 'sum':
        return [left(s.label, sums(s.of))];
      case 'percent': {
        const [part, whole] = [sums(s.part), sums(s.whole)];
        const percent = part.map((value, i) =>
          (whole[i] ?? 0) === 0 ? undefined : (100 * (value ?? 0)) / (whole[i] ?? 1),
        );
        return part.length === 0 ? [] : [{ label: s.label, values: percent, right: true }];
      }
      case 'shown': {
        const found = hidden.get(`${s.of}${choice}`);
        const items = found?.kind === 'list' ? found.of.flatMap((id) => hidden.get(id) ?? []) : [found];
        return items.flatMap((item) =>
          item?.kind === 'dollars'
            ? [
                left(
                  item.label,
                  sum(
                    item.tokens.map(({ ids, usdPerMillion }) =>
                      greatest(ids.map(valuesOf)).map((value) => ((value ?? 0) * usdPerMillion) / 1e6),
                    ),
                  ),
                ),
              ]
            : [],
        );
      }
      default:
        return [];
    }
  };
  const levels = series.flatMap((s) => {
    const level = s.kind === 'shown' ? hidden.get(`${s.of}${choice}`) : undefined;
    return level?.kind === 'level' && level.value !== undefined
      ? [{ label: `${'label' in s ? s.label : ''}: ${level.value}`, value: level.value }]
      : [];
  });
  return { lines: series.flatMap(linesOf), levels };
}
