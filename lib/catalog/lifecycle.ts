import { findModel, MODEL_IDS, routingsFrom } from './catalog';
import type { FoundationModel } from './foundation-model';

/** Where a model stands on a day. `date` is when that began or, second hand, will begin. */
export type LifecycleStage =
  | { readonly stage: 'active' }
  | { readonly stage: 'legacy'; readonly since?: string; readonly endOfLife?: string }
  | { readonly stage: 'retired'; readonly since?: string }
  /** A third party says the model has ended; AWS's own pages were not seen to say so. */
  | { readonly stage: 'said to be retired'; readonly since: string };

/**
 * Where `model` stands on `today` (`YYYY-MM-DD`).
 *
 * A date that AWS itself gave decides; a third party's end-of-life date is told apart, because a file must not become
 * invalid on hearsay. A model that the API no longer listed on 2026-10-27 is retired.
 */
export function lifecycleOn(model: FoundationModel, today: string): LifecycleStage {
  const { status, legacyDate, endOfLifeDate, secondHand } = model.lifecycle;
  const ended = endOfLifeDate !== undefined && endOfLifeDate <= today;
  if (status === 'NOT_IN_LATEST_API_SCAN' || (ended && !secondHand)) {
    return { stage: 'retired', ...(endOfLifeDate !== undefined && { since: endOfLifeDate }) };
  }
  if (ended) {
    return { stage: 'said to be retired', since: endOfLifeDate };
  }
  if (status === 'LEGACY' ? legacyDate === undefined || legacyDate <= today : (legacyDate ?? '9') <= today) {
    return {
      stage: 'legacy',
      ...(legacyDate !== undefined && { since: legacyDate }),
      ...(endOfLifeDate !== undefined && { endOfLife: endOfLifeDate }),
    };
  }
  return { stage: 'active' };
}

/** Version-like numbers of a model id, for telling which came later: `claude-sonnet-4-6` gives [4, 6]; sizes and dates do not count. */
function version(modelId: string): readonly number[] {
  const numbers = modelId.replace(/-v\d+(:\d+)?$/, '').match(/\d+(?![\d]*[bm])/g) ?? [];
  return numbers.filter((n) => n.length < 4).map(Number);
}

function compareVersions(a: FoundationModel, b: FoundationModel): number {
  const [left, right] = [version(a.modelId), version(b.modelId)];
  const at = left.findIndex((n, i) => n !== right[i]);
  return at === -1 ? left.length - right.length : (left[at] ?? -1) - (right[at] ?? -1);
}

/**
 * The model to move to, if there is one that is active and can be called from `region`: the next later one of the same
 * family, else the latest of the same provider.
 */
export function successorOf(model: FoundationModel, region: string, today: string): FoundationModel | undefined {
  const candidates = MODEL_IDS.map(findModel)
    .filter((m) => m !== undefined)
    .filter((m) => m.provider === model.provider && m.kind === model.kind && m.modelId !== model.modelId)
    .filter((m) => m.runtime && routingsFrom(m, region).length > 0 && lifecycleOn(m, today).stage === 'active')
    .sort(compareVersions);
  return candidates.find((m) => m.family === model.family && compareVersions(m, model) > 0) ?? candidates.at(-1);
}
