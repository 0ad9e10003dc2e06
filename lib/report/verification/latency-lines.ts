import { visible } from '../../config/invisible';
import { firstTokens, isMeasured, type ModelLatency, median } from '../../live/latency/judge-latency';
import { LATENCY_SAMPLES, type RoutingLatency } from '../../live/latency/routing-latency';
import type { Place } from '../../plan/names/names';
import { counted } from '../format/counted';
import type { Colours } from '../format/problem-lines';
import { table } from '../format/table';
import { dollars, estimatedUsd } from './estimated-usd';

/** Latencies measured for the routings of an environment's chat models. */
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

/** Describes latencies for people: the figures, the closest routing of each chat model, and what could not be measured. */
export function latencyLines(report: LatencyReport, colours: Colours): readonly string[] {
  const { place, models } = report;
  const routings = models.flatMap((m) => m.routings);
  const unmeasured = routings.filter((r) => !isMeasured(r)).length;
  const total = `${counted(routings.length, 'routing')} of ${counted(models.length, 'chat model')}`;
  return [
    unmeasured === 0
      ? colours.tone('good', `✓ ${place.environment}: ${total} measured.`)
      : colours.tone('bad', `! ${place.environment}: ${unmeasured} of ${total} could not be measured in full.`),
    `Real calls from this machine to ${place.region}, with your own credentials in ${place.account}.`,
    '',
    ...table(
      COLUMNS,
      routings.map((r) => row(r, place.region)),
    ),
    '',
    'Median and slowest: milliseconds to the first token. Whole: median milliseconds to the end of the answer. The warm-up call is not counted.',
    '',
    ...models.map((m) => verdictLine(m, colours)),
    '',
    ...routings.flatMap((r) => problemLines(r, colours)),
    ...(routings.some((r) => r.problem?.deniedAction !== undefined)
      ? ['docs/region-latency.md lists the permissions that your credentials need.', '']
      : []),
    `Estimated at list price: ${dollars(totalUsd(report))}${routings.some((r) => estimatedUsd(r, place.region) === undefined) ? ', without the routings of unknown price' : ''}.`,
  ];
}

/** Adds up the cost, in US dollars, of all routings whose price is known. */
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

/** Says which routing of a model is closest. */
export function verdict({ routings, compared, closest }: ModelLatency): string {
  const [first] = closest;
  if (first === undefined) {
    return 'no routing could be measured';
  }
  if (routings.length === 1) {
    return `${first} is the only routing available`;
  }
  const others = routings.filter((r) => !compared.includes(r.routing)).map((r) => r.routing);
  const notCompared = others.length === 0 ? '' : `; ${others.join(', ')} could not be compared`;
  if (compared.length === 1) {
    return `only ${first} was measured${notCompared}`;
  }
  const andCloser = closest.length < compared.length ? ', and are closer than the others' : '';
  return closest.length === 1
    ? `${first} is closest${notCompared}`
    : `${closest.join(' and ')} cannot be told apart${andCloser}${notCompared}`;
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
      : [colours.tone('warning', `! ${name}: throttled ${times(throttles)}, then answered`), ''];
  }
  const { message, deniedAction, deniedArn } = problem;
  const heading =
    deniedAction === undefined
      ? `${samples.length} of ${LATENCY_SAMPLES} calls gave a complete answer`
      : 'your credentials are not allowed to call it';
  const line = `${name}: ${heading}${throttles === 0 ? '' : `, throttled ${times(throttles)}`}`;
  return [
    isMeasured(latency)
      ? colours.tone('warning', `! ${line}; the warm-up call failed`)
      : colours.tone('bad', `✗ ${line}`),
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
