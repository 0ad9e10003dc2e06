import { visible } from '../../config/invisible';
import { firstTokens, isMeasured, type ModelLatency, median } from '../../live/latency/judge-latency';
import { LATENCY_SAMPLES, type RoutingLatency } from '../../live/latency/routing-latency';
import type { Place } from '../../plan/names/names';
import { counted } from '../format/counted';
import type { Colours } from '../format/problem-lines';
import { table } from '../format/table';
import { dollars, estimatedUsd } from './probe-usd';

/** What was measured of the routings of an environment's chat models. */
export interface LatencyReport {
  readonly place: Place;
  readonly models: readonly ModelLatency[];
}

const COLUMNS = [
  { heading: 'model' },
  { heading: 'routing' },
  { heading: 'median', numbers: true },
  { heading: 'slowest', numbers: true },
  { heading: 'whole', numbers: true },
  { heading: 'answered' },
  { heading: 'est. USD', numbers: true },
];

/** The routings of each chat model, timed, for people: which is closest, the figures, and what could not be measured. */
export function latencyLines(report: LatencyReport, colours: Colours): readonly string[] {
  const { place, models } = report;
  const routings = models.flatMap((m) => m.routings);
  const lost = routings.filter((r) => !isMeasured(r)).length;
  const what = `${counted(routings.length, 'routing')} of ${counted(models.length, 'chat model')}`;
  return [
    lost === 0
      ? colours.tone('good', `✓ ${place.environment}: ${what} measured.`)
      : colours.tone('bad', `! ${place.environment}: ${lost} of ${what} could not be measured in full.`),
    `Real calls from this machine to ${place.region}, with your own credentials in ${place.account}.`,
    '',
    ...table(
      COLUMNS,
      routings.map((r) => row(r, place.region)),
    ),
    '',
    'Milliseconds to the first token, and to the end of the answer (whole, median). A call to warm up is not counted.',
    '',
    ...models.map((m) => verdictLine(m, colours)),
    '',
    ...routings.flatMap((r) => problemLines(r, colours)),
    ...(routings.some((r) => r.problem?.deniedAction !== undefined)
      ? ['Which rights your credentials need: docs/region-latency.md', '']
      : []),
    `Estimated at list price: ${dollars(totalUsd(report))}${routings.some((r) => estimatedUsd(r, place.region) === undefined) ? ', without what has no known price' : ''}.`,
  ];
}

/** US dollars of all routings whose price is known. */
export function totalUsd({ models, place }: LatencyReport): number {
  return models.flatMap((m) => m.routings).reduce((sum, r) => sum + (estimatedUsd(r, place.region) ?? 0), 0);
}

function row(latency: RoutingLatency, region: string): readonly string[] {
  const { modelId, routing, samples } = latency;
  const figures = samples.length === 0 ? ['', '', ''] : milliseconds(latency);
  return [
    modelId,
    routing,
    ...figures,
    `${samples.length} of ${LATENCY_SAMPLES}`,
    dollars(estimatedUsd(latency, region)),
  ];
}

function milliseconds(latency: RoutingLatency): readonly string[] {
  const first = firstTokens(latency);
  const whole = latency.samples.map((s) => s.milliseconds);
  return [median(first), Math.max(...first), median(whole)].map((ms) => String(Math.round(ms)));
}

/** Which routing of a model is closest, in words. */
export function verdict({ routings, compared, closest }: ModelLatency): string {
  const [first] = closest;
  if (first === undefined) {
    return 'no routing could be measured';
  }
  if (routings.length === 1) {
    return `${first} is the only routing there is to choose`;
  }
  const left = routings.filter((r) => !compared.includes(r.routing)).map((r) => r.routing);
  const unknown = left.length === 0 ? '' : `; ${left.join(', ')} could not be compared`;
  if (compared.length === 1) {
    return `${first} alone was measured${unknown}`;
  }
  const others = closest.length < compared.length ? ', and are closer than the others' : '';
  return closest.length === 1
    ? `${first} is closest${unknown}`
    : `${closest.join(' and ')} cannot be told apart${others}${unknown}`;
}

function verdictLine(model: ModelLatency, colours: Colours): string {
  const line = `${model.modelId}: ${verdict(model)}`;
  return model.closest.length === 0 ? colours.tone('bad', `✗ ${line}`) : `  ${line}`;
}

function problemLines(latency: RoutingLatency, colours: Colours): readonly string[] {
  const { modelId, routing, target, problem, throttles, samples } = latency;
  const name = `${modelId} ${routing}`;
  if (problem === undefined) {
    return throttles === 0
      ? []
      : [colours.tone('warning', `! ${name}: throttled ${times(throttles)}, and answered then`), ''];
  }
  const { message, deniedAction, deniedArn } = problem;
  const heading =
    deniedAction === undefined
      ? `${samples.length} of ${LATENCY_SAMPLES} calls gave a whole answer`
      : 'your credentials may not call it';
  const line = `${name}: ${heading}${throttles === 0 ? '' : `, throttled ${times(throttles)}`}`;
  return [
    isMeasured(latency) ? colours.tone('warning', `! ${line}, the warm-up none`) : colours.tone('bad', `✗ ${line}`),
    `    called   ${target}`,
    ...(deniedAction === undefined
      ? []
      : [`    denied   ${visible(`${deniedAction} on ${deniedArn ?? 'an unnamed resource'}`)}`]),
    `    answer   ${visible(message)}`,
    '',
  ];
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
