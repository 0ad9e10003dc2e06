import type { Clock } from '../../aws/clock';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import type { ReadPage } from '../../aws/services/parameter-pages';
import type { QuotaPage } from '../../aws/services/service-quotas';
import { readParameters } from '../aliases/read-parameters';
import { inUsd } from '../dollars/dollars-of';
import { pricedProfiles } from '../dollars/priced-profile';
import type { Prices } from '../dollars/prices';
import type { Document } from './documents';
import { meterDay } from './meter-day';
import type { ModelNames } from './model-names';
import { ALL_ENVIRONMENTS, aliasesOf } from './planned-profiles';
import type { Settings } from './settings';
import { type KnownQuotas, tokenQuotas } from './token-quotas';
import { watch, watches } from './watch';

/** What a warm function keeps between runs. Without it a run costs more but has the same result. */
export interface Memory {
  /** The slot in which an earlier run has begun a day, in seconds since 1970. */
  readonly begun?: number;
  readonly quotas?: KnownQuotas;
}

export const NOTHING_REMEMBERED: Memory = {};

/** The calls to AWS, the facts of the catalog, the clock and the outputs of a run. */
export interface Dependencies {
  readonly readPage: ReadPage;
  readonly cloudWatch: CloudWatch;
  readonly readQuotas: QuotaPage;
  readonly prices: Prices;
  readonly modelNames: ModelNames;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly write: (documents: readonly Document[]) => void;
  readonly remember: (known: Memory) => void;
}

/** Summary of a run for the log and for people who call the function by hand. */
export interface Summary {
  /** The day whose cost was written, `YYYY-MM-DD`. */
  readonly day: string;
  readonly profiles: number;
  /** Estimated dollars of the day so far. */
  readonly usd: number;
  readonly unpricedTokens: number;
}

/**
 * Writes the cost of the day once all of it is known, and then, in every second run, what should not be there.
 *
 * @param now seconds since 1970
 */
export async function runMeter(
  settings: Settings,
  dependencies: Dependencies,
  now: number,
  memory: Memory,
): Promise<Summary> {
  const { environment, functionName } = settings;
  const { readPage, cloudWatch, readQuotas, prices, modelNames, clock, log, write, remember } = dependencies;
  const path = watches(now) ? ALL_ENVIRONMENTS : `${ALL_ENVIRONMENTS}/${environment}`;
  const parameters = await readParameters(readPage, path, clock);
  const aliases = aliasesOf(environment, parameters);
  for (const { application, alias, cause } of aliases.unreadable) {
    log(JSON.stringify({ application, alias, cause }));
  }
  const profiles = pricedProfiles(aliases, prices, log);
  const { day, documents, begun, spent } = await meterDay(cloudWatch, clock, functionName, profiles, now, memory.begun);
  write(documents);
  remember({ begun });
  if (watches(now)) {
    const quotas = await tokenQuotas(readQuotas, clock, log, now, memory.quotas);
    if (quotas !== undefined) {
      remember({ quotas });
    }
    write(await watch(cloudWatch, clock, log, settings, { profiles, parameters, modelNames, quotas }, now));
  }
  return {
    day: new Date(day * 1000).toISOString().slice(0, 10),
    profiles: profiles.length,
    usd: inUsd(spent.picoUsd),
    unpricedTokens: spent.unpricedTokens,
  };
}
