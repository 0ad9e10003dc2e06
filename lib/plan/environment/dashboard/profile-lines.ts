import type { Tokens } from '../../../../lambda/dollars/cost-of';
import { TOKEN_METRICS } from '../../../../lambda/dollars/token-series';
import { findModel, priceOf } from '../../../catalog/catalog';
import type { Price } from '../../../catalog/foundation-model';
import type { ApplicationPlan } from '../../application/application-plan';
import type { Place } from '../../names/names';
import type { GenerationPlan } from '../../parts/generation-plan';
import { type BedrockMetric, bedrockMetric, type MetricPlan } from '../../parts/metric-plan';
import { profileIdOf } from '../../parts/profile-reference';
import type { SeriesPlan } from '../../parts/series-plan';

/** The parts of an application's plan that its widgets show. */
export type Watched = Pick<ApplicationPlan, 'name' | 'generations' | 'alarms' | 'budget'>;

/** A profile in the graphs of a dashboard. */
export interface ProfileLine {
  /** The part of its ids that no other profile has, such as `supportXchat_1`. */
  readonly id: string;
  readonly label: string;
  readonly generation: GenerationPlan;
  /**
   * Its list price.
   *
   * @default - not known
   */
  readonly price?: Price;
}

/** Returns an id for an application. No name has capital letters, so different names have different ids. */
export function idOf({ name }: Pick<Watched, 'name'>): string {
  return name.replaceAll('-', 'X');
}

/** Returns the profiles of an application. */
export function profileLines(place: Place, application: Watched): readonly ProfileLine[] {
  return application.generations.map((generation, i) => {
    const model = findModel(generation.modelId);
    const price = model && priceOf(model, generation.routing, place.region);
    return {
      id: `${idOf(application)}_${i + 1}`,
      label: `${application.name}/${generation.alias} (${generation.modelId})`,
      generation,
      ...(price !== undefined && { price }),
    };
  });
}

type OneForEach<Names extends readonly unknown[]> = { readonly [I in keyof Names]: string };

/** Kinds of ids for the metrics of tokens, by the kind of tokens. Cached tokens have one of two names. */
export const TOKEN_IDS = {
  input: ['input'],
  output: ['output'],
  cacheRead: ['read', 'readB'],
  cacheWrite: ['written', 'writtenB'],
} as const satisfies { readonly [K in keyof typeof TOKEN_METRICS]: OneForEach<(typeof TOKEN_METRICS)[K]> };

/** Returns a hidden metric for each profile, and for each name under which Bedrock may count this kind of tokens. */
export function hiddenTokens(lines: readonly ProfileLine[], kind: keyof Tokens): readonly SeriesPlan[] {
  const metrics: readonly BedrockMetric[] = TOKEN_METRICS[kind];
  return metrics.flatMap((metric, i) => hidden(lines, TOKEN_IDS[kind][i] ?? '', metric));
}

/** Returns a hidden metric for each profile. */
export function hidden(
  lines: readonly ProfileLine[],
  kind: string,
  name: BedrockMetric,
  statistic: MetricPlan['statistic'] = 'Sum',
): readonly SeriesPlan[] {
  return lines.map(({ id, label, generation }) => ({
    kind: 'metric',
    id: `${kind}_${id}`,
    label,
    metric: bedrockMetric(profileIdOf(generation.profileArn), name, statistic),
  }));
}
