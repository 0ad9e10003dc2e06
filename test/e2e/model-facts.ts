import { findModel, MODEL_IDS } from '../../lib/catalog/catalog';

/** The facts about one model that the emulated account needs. */
export interface ModelFacts {
  /** Regions where the model is called on demand. */
  readonly onDemand: readonly string[];
  /** Length of the vector that an embedding model returns. Absent for a text model. */
  readonly vectorLength?: number;
  /** Regions where a call may land, by prefix of the system-defined profile and Region of the call. */
  readonly profiles: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Length of a vector if the catalog has none. */
const VECTOR_LENGTH = 256;

/** Returns the catalog's facts for the launcher, because MiniStack knows neither the models nor their routings. */
export function modelFacts(): Readonly<Record<string, ModelFacts>> {
  return Object.fromEntries(
    MODEL_IDS.map(findModel)
      .filter((model) => model !== undefined)
      .map(({ modelId, onDemandRegions, kind, embeddingDimensions, systemProfiles }) => [
        modelId,
        {
          onDemand: onDemandRegions,
          ...(kind === 'embedding' && { vectorLength: embeddingDimensions ?? VECTOR_LENGTH }),
          profiles: systemProfiles,
        },
      ]),
  );
}
