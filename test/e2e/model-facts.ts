import { findModel, MODEL_IDS } from '../../lib/catalog/catalog';

/** What the account knows of one model in its Region. */
export interface ModelFacts {
  readonly onDemand: boolean;
  readonly embedding: boolean;
  /** By prefix of the system-defined profile: the Regions a call may land in. */
  readonly profiles: Readonly<Record<string, readonly string[]>>;
}

/** The catalog's facts as the launcher reads them: MiniStack knows neither the models nor where they route. */
export function modelFacts(region: string): Readonly<Record<string, ModelFacts>> {
  return Object.fromEntries(
    MODEL_IDS.map(findModel)
      .filter((model) => model !== undefined)
      .map(({ modelId, onDemandRegions, kind, systemProfiles }) => [
        modelId,
        {
          onDemand: onDemandRegions.includes(region),
          embedding: kind === 'embedding',
          profiles: Object.fromEntries(
            Object.entries(systemProfiles).flatMap(([prefix, bySource]) =>
              bySource[region] === undefined ? [] : [[prefix, bySource[region]]],
            ),
          ),
        },
      ]),
  );
}
