import { findModel, MODEL_IDS } from '../../lib/catalog/catalog';

/** What the account knows of one model. */
export interface ModelFacts {
  /** Regions where it is called on demand. */
  readonly onDemand: readonly string[];
  /** Length of the vector that an embedding model answers; absent for a model that answers text. */
  readonly vectorLength?: number;
  /** By prefix of the system-defined profile and Region of the call: the Regions where it may land. */
  readonly profiles: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Where the catalog knows no length: as short as that of some model. */
const VECTOR_LENGTH = 256;

/** The catalog's facts as the launcher reads them: MiniStack knows neither the models nor where they route. */
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
