import { type ReadError, readError } from '../../../aws/errors/read-error';
import { retry } from '../../../aws/retry/retry';
import { readJsonAnswer } from '../../../aws/services/json-answer';
import type { Answer, Post } from '../../../aws/services/post';
import { systemClock } from '../../../aws/system-clock';

/** Key that costs are grouped by: that of a tag, or an attribute of Bedrock's products such as `model`. */
export interface CostGroup {
  readonly type: 'TAG' | 'PRODUCT_ATTRIBUTE';
  readonly key: string;
}

/** Question about costs. Days are `YYYY-MM-DD`, UTC. */
export interface CostQuestion {
  readonly from: string;
  /** Day after the last day of the question. */
  readonly until: string;
  readonly granularity: 'DAILY' | 'MONTHLY';
  /** One or two groups. */
  readonly groups: readonly CostGroup[];
}

/** Amount that was billed for one day or month and for one value of each group. */
export interface BilledAmount {
  /** First day of the period: the day itself, or the first day of the month. */
  readonly from: string;
  /**
   * One value for each group, in the order of the groups. An empty value stands for costs without the tag or attribute.
   */
  readonly values: readonly string[];
  readonly usd: number;
}

/** Status of a cost allocation tag. */
export interface CostAllocationTag {
  readonly status: 'Active' | 'Inactive';
  /** Time of the last activation or deactivation, as Cost Explorer writes it. */
  readonly changed?: string;
}

/** Thrown when Cost Explorer refused a request, gave no answer, or gave one that cannot be used. */
export class CostExplorerFailure extends Error {
  override readonly name = 'CostExplorerFailure';
  constructor(
    /** IAM action of the request, such as `ce:GetCostAndUsage`. Empty when the answer came but cannot be used. */
    readonly action: string,
    readonly error: ReadError,
    /** True when a later request may succeed, for example after a throttle. */
    readonly passes: boolean,
  ) {
    super(error.message);
  }
}

/** Asks Cost Explorer about the costs with given values of one tag. Each request costs $0.01. */
export interface CostExplorer {
  /** Returns the billed costs. */
  costs(question: CostQuestion): Promise<readonly BilledAmount[]>;
  /** Forecasts the costs of some values of the tag from one day to the day before another, in US dollars. */
  forecast(values: readonly string[], from: string, until: string): Promise<number>;
  /** Reads the status of tag keys. A key that billing does not know is left out. */
  tags(keys: readonly string[]): Promise<ReadonlyMap<string, CostAllocationTag>>;
  /** Number of requests sent so far. */
  readonly requests: number;
}

/** Maximum number of pages that are read for one question, because each page is charged. */
const MAX_PAGES = 50;

/** Error name of a throttled request. Only Cost Explorer uses this name. */
const THROTTLED = 'LimitExceededException';

/**
 * Returns a client of Cost Explorer, which speaks AWS JSON 1.1 (botocore 1.44.5: `targetPrefix`, `jsonVersion`) and
 * exists in us-east-1 alone.
 *
 * @param tagKey the tag that names the application of a cost
 * @param values the values of that tag whose costs are asked for
 */
export function costExplorer(post: Post, account: string, tagKey: string, values: readonly string[]): CostExplorer {
  let requests = 0;
  const ask = async (operation: string, input: object): Promise<unknown> => {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSInsightsIndexService.${operation}`,
    };
    const { ended } = await retry(systemClock(undefined), async (signal) => {
      requests += 1;
      const answer = await post(headers, JSON.stringify(input), signal);
      return readWithThrottle(answer);
    });
    if ('failure' in ended) {
      throw new CostExplorerFailure(`ce:${operation}`, ended.failure.error, ended.failure.passes);
    }
    return ended.value;
  };
  return {
    get requests() {
      return requests;
    },
    async costs({ from, until, granularity, groups }) {
      const billed: BilledAmount[] = [];
      let token: string | undefined;
      for (let page = 0; page === 0 || token !== undefined; page++) {
        if (page === MAX_PAGES) {
          throw unusable(`its answer has more than ${MAX_PAGES} pages, each of which is charged`);
        }
        const answer = (await ask('GetCostAndUsage', {
          TimePeriod: { Start: from, End: until },
          Granularity: granularity,
          Metrics: ['UnblendedCost'],
          GroupBy: groups.map(({ type, key }) => ({ Type: type, Key: key })),
          Filter: ownCosts(account, tagKey, values),
          ...(token !== undefined && { NextPageToken: token }),
        })) as CostsBody;
        billed.push(...amounts(answer, groups));
        token = answer.NextPageToken || undefined;
      }
      return billed;
    },
    async forecast(some, from, until) {
      const { ForecastResultsByTime = [] } = (await ask('GetCostForecast', {
        TimePeriod: { Start: from, End: until },
        Granularity: 'DAILY',
        Metric: 'UNBLENDED_COST',
        Filter: ownCosts(account, tagKey, some),
      })) as ForecastBody;
      return ForecastResultsByTime.reduce((sum, { MeanValue }) => sum + amount(MeanValue), 0);
    },
    async tags(keys) {
      const { CostAllocationTags = [] } = (await ask('ListCostAllocationTags', { TagKeys: keys })) as TagsBody;
      return new Map(
        CostAllocationTags.map(({ TagKey = '', Status, LastUpdatedDate }) => [
          TagKey,
          {
            status: Status === 'Active' ? 'Active' : 'Inactive',
            ...(LastUpdatedDate !== undefined && { changed: LastUpdatedDate }),
          },
        ]),
      );
    },
  };
}

/**
 * Reads an answer. The error of a throttled request gets the name that other services have for it, so that it is
 * retried.
 */
function readWithThrottle(answer: Answer): unknown {
  try {
    return readJsonAnswer(answer);
  } catch (error) {
    throw error instanceof Error && error.name === THROTTLED
      ? Object.assign(error, { name: 'ThrottlingException' })
      : error;
  }
}

/** Returns the failure for an answer that came but cannot be used. */
function unusable(why: string): CostExplorerFailure {
  return new CostExplorerFailure('', readError(new Error(why)), false);
}

/**
 * Filters the costs of this account with these values. In an account that pays for others, several may use the same
 * value.
 */
function ownCosts(account: string, key: string, values: readonly string[]) {
  return {
    And: [
      { Dimensions: { Key: 'LINKED_ACCOUNT', Values: [account] } },
      { Tags: { Key: key, Values: values, MatchOptions: ['EQUALS'] } },
    ],
  };
}

interface CostsBody {
  readonly NextPageToken?: string | null;
  readonly ResultsByTime?: readonly {
    readonly TimePeriod?: { readonly Start?: string };
    readonly Groups?: readonly {
      readonly Keys?: readonly string[];
      readonly Metrics?: Readonly<Record<string, { readonly Amount?: string; readonly Unit?: string }>>;
    }[];
  }[];
}

interface ForecastBody {
  readonly ForecastResultsByTime?: readonly { readonly MeanValue?: string }[];
}

interface TagsBody {
  readonly CostAllocationTags?: readonly {
    readonly TagKey?: string;
    readonly Status?: string;
    readonly LastUpdatedDate?: string;
  }[];
}

function amounts({ ResultsByTime = [] }: CostsBody, groups: readonly CostGroup[]): readonly BilledAmount[] {
  return ResultsByTime.flatMap(({ TimePeriod, Groups = [] }) =>
    Groups.map(({ Keys = [], Metrics = {} }) => {
      const { Amount, Unit = 'USD' } = Metrics['UnblendedCost'] ?? {};
      if (Unit !== 'USD') {
        throw unusable(`it answered in ${Unit}, and budgets are in US dollars`);
      }
      return {
        from: TimePeriod?.Start ?? '',
        values: groups.map(({ key }, i) => withoutPrefix(Keys[i] ?? '', `${key}$`)),
        usd: amount(Amount),
      };
    }),
  );
}

/**
 * Removes the key from a value of a tag or attribute, which Cost Explorer writes as `KEY$VALUE` (botocore 1.44.5,
 * GroupBy).
 */
function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function amount(text = ''): number {
  const usd = Number(text);
  if (text === '' || !Number.isFinite(usd)) {
    throw unusable('its answer holds an amount that is not a number');
  }
  return usd;
}
