import { nearest } from '../spelling/nearest';
import collected from './data/models.json';
import type { FoundationModel, Lifecycle, Price } from './foundation-model';
import { ROUTINGS, type Routing, reachOf } from './routing';

/** A model as stored in `data/models.json`. A list of Regions is stored as its index in `regionSets`. */
interface StoredModel
  extends Omit<FoundationModel, 'runtime' | 'onDemandRegions' | 'systemProfiles' | 'prices' | 'lifecycle'> {
  readonly runtime?: boolean;
  readonly onDemandRegions: number;
  readonly systemProfiles: Readonly<Record<string, number | Readonly<Record<string, number>>>>;
  readonly prices: {
    readonly base?: Price;
    readonly routing?: Record<string, Price>;
    readonly region?: Record<string, Price>;
  };
  readonly lifecycle: Lifecycle;
}

/** Collection date of the catalog, `YYYY-MM-DD`. Availability is as of 2026-10-27, prices as of November 2026. */
export const CATALOG_DATE = collected.collectedAt.slice(0, 10);

/** All Regions that can be the source or destination of a call to some model, sorted. */
export const REGIONS: readonly string[] = [...new Set(collected.regionSets.flat())].sort();

const regions = (set: number): readonly string[] => collected.regionSets[set] ?? [];

function systemProfiles(stored: StoredModel['systemProfiles']): FoundationModel['systemProfiles'] {
  return Object.fromEntries(
    Object.entries(stored).map(([prefix, bySource]) => [
      prefix,
      typeof bySource === 'number'
        ? Object.fromEntries(regions(bySource).map((source) => [source, [source]]))
        : Object.fromEntries(Object.entries(bySource).map(([source, set]) => [source, regions(set)])),
    ]),
  );
}

function read(stored: StoredModel): FoundationModel {
  return {
    ...stored,
    runtime: stored.runtime ?? true,
    onDemandRegions: regions(stored.onDemandRegions),
    systemProfiles: systemProfiles(stored.systemProfiles),
    prices: { ...stored.prices, routing: stored.prices.routing ?? {}, region: stored.prices.region ?? {} },
  };
}

const stored = new Map((collected.models as readonly unknown[] as readonly StoredModel[]).map((m) => [m.modelId, m]));
const models = new Map<string, FoundationModel>();

/** All model ids in the catalog, sorted. */
export const MODEL_IDS: readonly string[] = [...stored.keys()];

/** Returns the model with this id, or `undefined` when the catalog does not have it. */
export function findModel(modelId: string): FoundationModel | undefined {
  const storedModel = stored.get(modelId);
  if (storedModel === undefined) {
    return undefined;
  }
  const model = models.get(modelId) ?? read(storedModel);
  models.set(modelId, model);
  return model;
}

/** Returns up to three model ids that are spelled similarly to `modelId`, nearest first. */
export function closestModelIds(modelId: string): readonly string[] {
  const word = modelId.toLowerCase();
  // People more often leave out the provider or the version than single letters.
  const incomplete = word.length < 5 ? [] : MODEL_IDS.filter((id) => id.startsWith(word) || id.includes(`.${word}`));
  return [...new Set([...incomplete, ...nearest(modelId, MODEL_IDS, { most: 3 })])].slice(0, 3);
}

/** Returns the routings with which `model` can be called from `region`, in the order of {@link ROUTINGS}. */
export function routingsFrom(model: FoundationModel, region: string): readonly Routing[] {
  return ROUTINGS.filter((routing) =>
    routing === 'regional'
      ? model.onDemandRegions.includes(region)
      : model.systemProfiles[routing]?.[region] !== undefined,
  );
}

/**
 * Returns the Regions whose foundation model a call may reach, sorted. They always include the source Region.
 *
 * The empty string stands for the Region-less ARN of `global` (Bedrock User Guide, "global cross-Region inference":
 * the profile, the model in the source Region, and `arn:aws:bedrock:::foundation-model/ID`).
 * The destinations depend on the source Region. For example, `us` from us-west-1 adds us-west-1.
 */
export function destinationRegions(model: FoundationModel, routing: Routing, region: string): readonly string[] {
  const reach = reachOf(routing);
  switch (reach) {
    case 'region':
      return [region];
    case 'geography':
      return [...new Set([region, ...(model.systemProfiles[routing]?.[region] ?? [])])].sort();
    case 'world':
      return ['', region];
    default:
      return reach satisfies never;
  }
}

/**
 * Returns the price of a call from `region`, or `undefined` when it is not known.
 *
 * The price depends on the source Region and the routing. An application inference profile does not change it.
 */
export function priceOf(model: FoundationModel, routing: Routing, region: string): Price | undefined {
  const { base, routing: byRouting, region: byRegion } = model.prices;
  return routing === 'regional' ? (byRegion[region] ?? base) : byRouting[routing];
}
