import collected from './data/models.json';
import type { FoundationModel, Lifecycle, Price } from './foundation-model';
import { nearest } from './nearest';
import { ROUTINGS, type Routing } from './routing';

/** How models are kept in `data/models.json`: lists of Regions by their number in `regionSets`. */
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

/** When the facts were collected: `YYYY-MM-DD`. Availability is as of 2026-10-27, prices as of November 2026. */
export const CATALOG_DATE = collected.collectedAt.slice(0, 10);

/** Every Region from which or to which some model can be called, sorted. */
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

/** Every model id the catalog knows, sorted. */
export const MODEL_IDS: readonly string[] = [...stored.keys()];

/** The model of this id, or `undefined` for an id that the catalog does not know. */
export function findModel(modelId: string): FoundationModel | undefined {
  const kept = stored.get(modelId);
  if (kept === undefined) {
    return undefined;
  }
  const model = models.get(modelId) ?? read(kept);
  models.set(modelId, model);
  return model;
}

/** Up to three model ids that are written much like `modelId`, nearest first. */
export function closestModelIds(modelId: string): readonly string[] {
  const word = modelId.toLowerCase();
  // What somebody leaves out is the provider or the version, rather than letters.
  const cut = word.length < 5 ? [] : MODEL_IDS.filter((id) => id.startsWith(word) || id.includes(`.${word}`));
  return [...new Set([...cut, ...nearest(modelId, MODEL_IDS, { most: 3 })])].slice(0, 3);
}

/** The routings through which `model` can be called from `region`, in the order of {@link ROUTINGS}. */
export function routingsFrom(model: FoundationModel, region: string): readonly Routing[] {
  return ROUTINGS.filter((routing) =>
    routing === 'regional'
      ? model.onDemandRegions.includes(region)
      : model.systemProfiles[routing]?.[region] !== undefined,
  );
}

/**
 * The Regions whose foundation model a call may reach, the source Region always among them, sorted.
 *
 * The empty string stands for the Region-less ARN of `global` (Bedrock User Guide, "global cross-Region inference":
 * the profile, the model in the source Region, and `arn:aws:bedrock:::foundation-model/ID`).
 * Destinations depend on the source Region: `us` from us-west-1 adds us-west-1.
 */
export function destinationRegions(model: FoundationModel, routing: Routing, region: string): readonly string[] {
  if (routing === 'regional') {
    return [region];
  }
  if (routing === 'global') {
    return ['', region];
  }
  return [...new Set([region, ...(model.systemProfiles[routing]?.[region] ?? [])])].sort();
}

/**
 * What a call from `region` costs, or `undefined` where no price is known.
 *
 * The price follows the source Region and the routing; an application inference profile has none of its own.
 */
export function priceOf(model: FoundationModel, routing: Routing, region: string): Price | undefined {
  const { base, routing: byRouting, region: byRegion } = model.prices;
  return routing === 'regional' ? (byRegion[region] ?? base) : byRouting[routing];
}
