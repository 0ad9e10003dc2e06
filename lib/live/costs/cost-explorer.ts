import { type ReadError, readError } from '../../../aws/errors/read-error';
import { retry } from '../../../aws/retry/retry';
import { readJsonAnswer } from '../../../aws/services/json-answer';
import type { Answer, Post } from '../../../aws/services/post';
import { systemClock } from '../../../aws/system-clock';

/** What costs are grouped by: the value of a tag, or an attribute of Bedrock's products such as `model`. */
export interface CostGroup {
  readonly type: 'TAG' | 'PRODUCT_ATTRIBUTE';
  readonly key: string;
}

/** Costs to ask for. Days are `YYYY-MM-DD`, UTC; `until` is not included. */
export interface CostQuestion {
  readonly from: string;
  readonly until: string;
  readonly granularity: 'DAILY' | 'MONTHLY';
  /** One or two. */
  readonly groups: readonly CostGroup[];
}

/** What was billed from a day on, for one value of each group; the empty value stands for none. */
export interface BilledAmount {
  readonly from: string;
  readonly values: readonly string[];
  readonly usd: number;
}

/** A key of the account's cost allocation tags. */
export interface CostAllocationTag {
  readonly status: 'Active' | 'Inactive';
  /** When it was activated or deactivated last, as Cost Explorer writes it. */
  readonly changed?: string;
}

/** What Cost Explorer refused, or why its answer did not come. */
export class CostExplorerFailure extends Error {
  override readonly name = 'CostExplorerFailure';
  constructor(
    /** IAM action of the request, such as `ce:GetCostAndUsage`; empty where its answer came and cannot be used. */
    readonly action: string,
    readonly error: ReadError,
    /** Whether it was asked too often, or for now does not answer. */
    readonly passes: boolean,
  ) {
    super(error.message);
  }
}

/** Asks Cost Explorer for costs that carry one of some values of the tag `BedrockAccess`. Each request costs $0.01. */
export interface CostExplorer {
  costs(question: CostQuestion): Promise<readonly BilledAmount[]>;
  /** What is expected to be billed for some of the values in these days together, in US dollars. */
  forecast(values: readonly string[], from: string, until: string): Promise<number>;
  /** Of these tag keys, those that billing knows. */
  tags(keys: readonly string[]): Promise<ReadonlyMap<string, CostAllocationTag>>;
  /** How many requests were sent. */
  readonly requests: number;
}

/** A question is given up after so many pages: each of them is charged. */
const MOST_PAGES = 50;

/** Cost Explorer has a name of its own for a throttle. */
const THROTTLED = 'LimitExceededException';

/**
 * Cost Explorer speaks AWS JSON 1.1 (botocore 1.44.5: `targetPrefix`, `jsonVersion`), and is in us-east-1 alone.
 *
 * @param tagKey the tag that says whose a cost is
 * @param values its values that count
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
      const found: BilledAmount[] = [];
      let token: string | undefined;
      for (let page = 0; page === 0 || token !== undefined; page++) {
        if (page === MOST_PAGES) {
          throw unread(`its answer has more than ${MOST_PAGES} pages, each of which is charged`);
        }
        const answer = (await ask('GetCostAndUsage', {
          TimePeriod: { Start: from, End: until },
          Granularity: granularity,
          Metrics: ['UnblendedCost'],
          GroupBy: groups.map(({ type, key }) => ({ Type: type, Key: key })),
          Filter: ownCosts(account, tagKey, values),
          ...(token !== undefined && { NextPageToken: token }),
        })) as CostsBody;
        found.push(...amounts(answer, groups));
        token = answer.NextPageToken || undefined;
      }
      return found;
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

/** Its throttle by the name that every other service has for one. */
function readWithThrottle(answer: Answer): unknown {
  try {
    return readJsonAnswer(answer);
  } catch (error) {
    throw error instanceof Error && error.name === THROTTLED
      ? Object.assign(error, { name: 'ThrottlingException' })
      : error;
  }
}

/** Its answer came, and cannot be used. */
function unread(why: string): CostExplorerFailure {
  return new CostExplorerFailure('', readError(new Error(why)), false);
}

/** Of this account and one of these values: in the account that pays for others, a value may be of several. */
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
        throw unread(`it answered in ${Unit}, and budgets are in US dollars`);
      }
      return {
        from: TimePeriod?.Start ?? '',
        values: groups.map(({ key }, i) => withoutPrefix(Keys[i] ?? '', `${key}$`)),
        usd: amount(Amount),
      };
    }),
  );
}

/** Values of tags and attributes stand as `KEY$VALUE` (botocore 1.44.5, GroupBy). */
function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function amount(text = ''): number {
  const usd = Number(text);
  if (text === '' || !Number.isFinite(usd)) {
    throw unread('its answer holds an amount that is no number');
  }
  return usd;
}
