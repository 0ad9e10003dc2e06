import type { Clock } from '../../aws/clock';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import type { ReadPage } from '../../aws/services/parameter-pages';
import { aliasesIn } from '../aliases/aliases';
import { readParameters } from '../aliases/read-parameters';
import { NO_COST } from '../dollars/cost-of';
import { pricedProfiles } from '../dollars/priced-profile';
import type { Prices } from '../dollars/prices';
import { spentOnDay } from '../dollars/spending';
import { dayOf } from '../dollars/utc-day';
import type { DayDollars } from './decide';

export interface DollarsAccess {
  /** Path of the environment's aliases, such as `/bedrock-access/dev`. */
  readonly path: string;
  readonly readPage: ReadPage;
  readonly cloudWatch: CloudWatch;
  readonly prices: Prices;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

const MINUTE_SECONDS = 60;

/**
 * Computes what an application has spent since 00:00 UTC, from Bedrock's own metrics of all profiles of its aliases,
 * including those of previous generations. Metrics of the last minutes may be missing: the next run counts them.
 *
 * @throws Error when aliases or metrics cannot be read
 */
export async function dollarsOfApplication(
  application: string,
  now: Date,
  { path, readPage, cloudWatch, prices, clock, log }: DollarsAccess,
): Promise<DayDollars> {
  const aliases = aliasesIn(path, await readParameters(readPage, `${path}/${application}`, clock));
  const profiles = pricedProfiles(aliases, prices, log);
  const seconds = now.getTime() / 1000;
  // CloudWatch refuses a period without an end after its start, and reads whole minutes.
  const end = (Math.floor(seconds / MINUTE_SECONDS) + 1) * MINUTE_SECONDS;
  const spent = await spentOnDay(cloudWatch, clock, profiles, dayOf(seconds), end);
  const { picoUsd, unpricedTokens } = spent.applications.get(application) ?? NO_COST;
  return {
    picoUsd,
    missing: [
      ...(profiles.length === 0 ? [`the Parameter Store has no alias under ${path}/${application}`] : []),
      ...aliases.unreadable.map(({ cause }) => cause),
      ...(unpricedTokens === 0
        ? []
        : [
            `${unpricedTokens} tokens of this day have no known price; use a model with a price, or set no daily limit`,
          ]),
    ],
  };
}
