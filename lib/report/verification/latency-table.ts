import type { Results } from '../format/results';
import { estimatedUsd } from './estimated-usd';
import { latencyFigures } from './latency-document';
import type { LatencyReport } from './latency-lines';

/** Builds the table of the measured routings. Times are in milliseconds, costs in US dollars. */
export function latencyTable({ place, models }: LatencyReport): Pick<Results, 'columns' | 'rows'> {
  return {
    columns: [
      ...['model', 'routing', 'target', 'closest', 'answered', 'medianFirstTokenMilliseconds'],
      ...['slowestFirstTokenMilliseconds', 'medianMilliseconds', 'throttles', 'estimatedUsd'],
      ...['deniedAction', 'deniedArn', 'problem'],
    ],
    rows: models.flatMap(({ modelId, closest, compared, routings }) =>
      routings.map((r) => {
        const figures = latencyFigures(r);
        const { deniedAction, deniedArn, message } = r.problem ?? {};
        const word = closest.includes(r.routing) ? (closest.length === 1 ? 'yes' : 'not told apart') : 'no';
        return [
          ...[modelId, r.routing, r.target, compared.includes(r.routing) ? word : undefined, figures.answered],
          ...[
            figures.medianFirstTokenMilliseconds,
            figures.slowestFirstTokenMilliseconds,
            figures.medianMilliseconds,
          ].map((figure) => figure ?? undefined),
          ...[r.throttles, estimatedUsd(r, place.region), deniedAction, deniedArn, message],
        ];
      }),
    ),
  };
}
