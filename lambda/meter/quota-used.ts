import type { Clock } from '../../aws/clock';
import { groupBy } from '../../aws/group-by';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import type { MetricNames } from '../dollars/list-metrics';
import { readSeries } from '../dollars/read-series';
import { calledId } from './called-id';
import { windowOf } from './documents';
import type { ModelNames } from './model-names';
import { quotaOfModel, type TokenQuota } from './model-quota';
import type { CalledModel } from './planned-profiles';
import { summedCalls } from './summed-calls';

/** Metric of the tokens a minute that calls take from a quota, as Bedrock itself counts them. */
const USAGE = 'EstimatedTPMQuotaUsage';

const MINUTE_SECONDS = 60;

/** Percentage of a quota from which its use is written. Below it there is nothing to do, and a metric costs money. */
const WRITTEN_PERCENT = 50;

/** Percentage of a quota from which the log names the quota. */
const LOGGED_PERCENT = 80;

/** The quotas, and what is known of models. */
export interface QuotaFacts {
  readonly quotas: readonly TokenQuota[];
  readonly modelNames: ModelNames;
  /** The model of each profile, by the profile's id. */
  readonly models: ReadonlyMap<string, CalledModel>;
  /** True if the log should name models whose quota is not known. */
  readonly namesUnknown: boolean;
}

/**
 * Returns the used percentage of the quota that is used most, by the start of a slot: that of the slot's busiest minute,
 * if it is half of the quota or more.
 * Everything of a model counts, whether it was called through a profile of any environment or in another way, because
 * it shares the quota.
 */
export async function quotaUsed(
  cloudWatch: CloudWatch,
  clock: Clock,
  log: (line: string) => void,
  { quotas, modelNames, models, namesUnknown }: QuotaFacts,
  names: MetricNames,
  period: { readonly start: number; readonly end: number },
): Promise<ReadonlyMap<number, number>> {
  const used = [...names].filter(([, metrics]) => metrics.has(USAGE)).map(([id]) => id);
  const called = used.flatMap((id) => {
    const model = modelOf(id, modelNames, models);
    const name = model && modelNames[model.modelId];
    const quota = model && name && quotaOfModel(model.modelId, model.routing, name, quotas);
    if (quota === undefined && namesUnknown) {
      log(JSON.stringify({ quota: 'not known', of: id, ...model }));
    }
    return quota === undefined ? [] : [{ id, quota }];
  });
  const sums = [...groupBy(called, ({ quota }) => quota)].map(([quota, own]) => ({
    quota,
    ...summedCalls(
      USAGE,
      own.map(({ id }) => id),
    ),
  }));
  await readSeries(
    cloudWatch,
    clock,
    { ...period, slotSeconds: MINUTE_SECONDS },
    sums.flatMap(({ series }) => series),
  );
  const percents = new Map<number, number>();
  for (const { quota, slots } of sums) {
    const percentOf = (tokens: number): number => Math.round((tokens / quota.tokensPerMinute) * 1_000) / 10;
    const most = percentOf(Math.max(0, ...slots.values()));
    if (most >= LOGGED_PERCENT) {
      log(JSON.stringify({ quota: quota.name, tokensPerMinute: quota.tokensPerMinute, usedPercent: most }));
    }
    for (const [minute, tokens] of slots) {
      const window = windowOf(minute);
      const percent = percentOf(tokens);
      if (percent >= WRITTEN_PERCENT) {
        percents.set(window, Math.max(percents.get(window) ?? 0, percent));
      }
    }
  }
  return percents;
}

function modelOf(
  dimension: string,
  modelNames: ModelNames,
  models: ReadonlyMap<string, CalledModel>,
): CalledModel | undefined {
  const called = calledId(dimension);
  if (called.kind === 'profile') {
    return models.get(called.id);
  }
  if (called.kind === 'other') {
    return undefined;
  }
  const [, routing = '', modelId = ''] = /^([a-z]+)\.(.+)$/.exec(called.id) ?? [];
  return modelId in modelNames ? { modelId, routing } : { modelId: called.id, routing: 'regional' };
}
