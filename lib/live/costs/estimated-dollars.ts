import { cloudWatch } from '../../../aws/services/cloudwatch';
import { parameterPages } from '../../../aws/services/parameter-pages';
import { systemClock } from '../../../aws/system-clock';
import { aliasesIn } from '../../../lambda/aliases/aliases';
import { readParameters } from '../../../lambda/aliases/read-parameters';
import { inUsd } from '../../../lambda/dollars/dollars-of';
import { pricedProfiles } from '../../../lambda/dollars/priced-profile';
import { spentOnDay } from '../../../lambda/dollars/spending';
import { DAY_SECONDS } from '../../../lambda/dollars/utc-day';
import { type Place, parameterName } from '../../plan/names/names';
import { regionPrices } from '../../plan/parts/region-prices';
import { callAws } from '../aws-failure';
import { awsPost } from '../aws-post';
import type { Estimate } from './costs-found';

/**
 * Estimates the dollars of a day (`YYYY-MM-DD`, UTC) as the meter does: from the metrics of Bedrock, which only AWS can
 * write, and from the profiles in the parameters of the aliases.
 *
 * @returns the estimates by application, or `undefined` when no parameter names a profile
 * @throws AwsFailure when AWS did not answer in full
 */
export async function estimatedDollars(
  { environment, region }: Pick<Place, 'environment' | 'region'>,
  day: string,
): Promise<ReadonlyMap<string, Estimate> | undefined> {
  const clock = systemClock(undefined);
  const path = parameterName(environment);
  const start = Date.parse(day) / 1000;
  return callAws('estimate the dollars of today', async () => {
    const readPage = parameterPages(awsPost({ service: 'ssm', endpoint: 'SSM', region }));
    const aliases = aliasesIn(path, await readParameters(readPage, path, clock));
    const profiles = pricedProfiles(aliases, regionPrices(region), () => undefined);
    if (profiles.length === 0) {
      return undefined;
    }
    const metrics = cloudWatch(awsPost({ service: 'monitoring', endpoint: 'CLOUDWATCH', region }));
    const { applications } = await spentOnDay(metrics, clock, profiles, start, start + DAY_SECONDS);
    return new Map(
      [...applications].map(([name, { picoUsd, unpricedTokens }]) => [name, { usd: inUsd(picoUsd), unpricedTokens }]),
    );
  });
}
