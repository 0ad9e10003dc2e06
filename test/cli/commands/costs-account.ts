import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Ran, run } from '../run';

const CALLER =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:sts::111122223333:assumed-role/admin/me</Arn><UserId>U:me</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';

/** Answers of Cost Explorer and CloudWatch for an account. Days are `YYYY-MM-DD`. */
export interface Costs {
  readonly billed?: readonly (readonly [day: string, tag: string, usd: number])[];
  readonly models?: readonly (readonly [tag: string, model: string, usd: number])[];
  readonly principals?: readonly (readonly [user: string, job: string, usd: number])[];
  /** Dollars of each day by tag value, from the first day of the request. */
  readonly forecasts?: Readonly<Record<string, readonly number[]>>;
  readonly tags?: readonly Readonly<Record<string, string>>[];
  /** Values of the day by metric name and profile. */
  readonly metrics?: Readonly<Record<string, number>>;
  /**
   * Applications with one profile, whose id is the name of the application.
   *
   * @default - those of the environment dev
   */
  readonly deployed?: readonly string[];
  /**
   * Currency of the costs.
   *
   * @default USD
   */
  readonly currency?: string;
  /** Number of days on each page of an answer. */
  readonly daysOnPage?: number;
  /**
   * Errors that are answered instead, one after the other, by operation, such as `GetCostAndUsage` or
   * `GetCostAndUsage model`.
   */
  readonly refusals?: Readonly<Record<string, readonly Refusal[]>>;
}

/** Error of a service that speaks AWS JSON. `undefined` stands for the normal answer. */
export type Refusal = undefined | { readonly status: number; readonly type: string; readonly message: string };

export interface Seen {
  readonly operation: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

interface CostsInput {
  readonly TimePeriod: { readonly Start: string; readonly End: string };
  readonly GroupBy?: readonly { readonly Key: string }[];
  readonly Filter: { readonly And: readonly [unknown, { readonly Tags: { readonly Values: readonly string[] } }] };
  readonly NextPageToken?: string;
}

interface MetricsInput {
  readonly MetricDataQueries: readonly {
    readonly Id: string;
    readonly MetricStat: {
      readonly Metric: { readonly MetricName: string; readonly Dimensions: readonly { readonly Value: string }[] };
    };
  }[];
}

const usd = (amount: number, Unit = 'USD') => ({ UnblendedCost: { Amount: String(amount), Unit } });

const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

function costAndUsage(costs: Costs, { TimePeriod, GroupBy = [], Filter, NextPageToken }: CostsInput) {
  const keys = GroupBy.map(({ Key }) => Key);
  const tags = Filter.And[1].Tags.Values;
  const group = (values: readonly string[], amount: number) => ({
    Keys: values.map((value, i) => `${keys[i]}$${value}`),
    Metrics: usd(amount, costs.currency),
  });
  const definitions = { GroupDefinitions: GroupBy, DimensionValueAttributes: [] };
  if (keys.length === 2) {
    const rows = keys[1] === 'model' ? (costs.models ?? []).filter(([tag]) => tags.includes(tag)) : costs.principals;
    const Groups = (rows ?? []).map(([a, b, amount]) => group([a, b], amount));
    return { ...definitions, ResultsByTime: [{ TimePeriod, Total: {}, Groups, Estimated: true }] };
  }
  const days: string[] = [];
  for (let day = TimePeriod.Start; day < TimePeriod.End; day = nextDay(day)) {
    days.push(day);
  }
  const { daysOnPage = days.length } = costs;
  const first = Number(NextPageToken ?? 0);
  return {
    ...definitions,
    ResultsByTime: days.slice(first, first + daysOnPage).map((day) => ({
      TimePeriod: { Start: day, End: nextDay(day) },
      Total: {},
      Groups: (costs.billed ?? [])
        .filter(([on, tag]) => on === day && tags.includes(tag))
        .map(([, tag, amount]) => group([tag], amount)),
      Estimated: true,
    })),
    ...(first + daysOnPage < days.length && { NextPageToken: String(first + daysOnPage) }),
  };
}

function forecast({ forecasts = {} }: Costs, { TimePeriod, Filter }: CostsInput): unknown {
  const values = Filter.And[1].Tags.Values.map((tag) => forecasts[tag]);
  if (values.some((days) => days === undefined)) {
    return { status: 400, type: 'DataUnavailableException', message: 'Insufficient amount of historical data.' };
  }
  const days = (values[0] ?? []).map((_, i) => values.reduce((sum, each) => sum + (each?.[i] ?? 0), 0));
  const total = days.reduce((sum, day) => sum + day, 0);
  let Start = TimePeriod.Start;
  const ForecastResultsByTime = days.map((MeanValue) => {
    const End = nextDay(Start);
    const result = { TimePeriod: { Start, End }, MeanValue: String(MeanValue) };
    Start = End;
    return result;
  });
  return { Total: { Amount: String(total), Unit: 'USD' }, ForecastResultsByTime };
}

function metricData({ metrics = {} }: Costs, { MetricDataQueries }: MetricsInput) {
  return {
    MetricDataResults: MetricDataQueries.map(({ Id, MetricStat: { Metric } }) => {
      const value = metrics[[Metric.MetricName, Metric.Dimensions[0]?.Value].filter(Boolean).join(' ')];
      const Values = value === undefined ? [] : [value];
      return {
        Id,
        Label: Metric.MetricName,
        Timestamps: Values.map(() => 1_795_219_200),
        Values,
        StatusCode: 'Complete',
      };
    }),
    Messages: [],
  };
}

const DEPLOYED = ['code-review', 'document-search', 'market-report', 'support-chat'];

/**
 * Answers with the parameters of the aliases. A million input tokens of a profile cost a dollar. Of the profile
 * `no-price` the price is not known.
 */
function parameters({ deployed = DEPLOYED }: Costs, { Path }: { readonly Path: string }) {
  const parametersOf = (application: string, alias: string, id: string, modelId: string, routing: string) => {
    const profileArn = `arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/${id}`;
    const generations = [{ generation: 'one', profileArn, modelId, routing, probes: ['text'] }];
    const Name = `${Path}/${application}/${alias}`;
    return [
      { Name, Value: profileArn },
      { Name: `${Name}.json`, Value: JSON.stringify({ profileArn, generation: 'one', generations }) },
    ];
  };
  const haiku = ['anthropic.claude-haiku-4-5-20251001-v1:0', 'global'] as const;
  return {
    Parameters:
      Path === '/bedrock-access/dev'
        ? deployed.flatMap((name) => [
            ...parametersOf(name, 'main', name, ...haiku),
            ...(name === 'market-report' ? parametersOf(name, 'other', 'no-price', 'no.such-model', 'us') : []),
          ])
        : [],
  };
}

function answer(costs: Costs, operation: string, body: unknown): unknown {
  switch (operation) {
    case 'GetParametersByPath':
      return parameters(costs, body as { readonly Path: string });
    case 'GetCostAndUsage':
      return costAndUsage(costs, body as CostsInput);
    case 'GetCostForecast':
      return forecast(costs, body as CostsInput);
    case 'ListCostAllocationTags':
      return { CostAllocationTags: costs.tags ?? [] };
    default:
      return metricData(costs, body as MetricsInput);
  }
}

/** Starts a loopback endpoint of STS, SSM, Cost Explorer and CloudWatch that answers with these costs. */
export async function costsAccount(costs: Costs) {
  const seen: Seen[] = [];
  const refused = new Map(Object.entries(costs.refusals ?? {}).map(([operation, list]) => [operation, [...list]]));
  const server = createServer(async (request, response) => {
    const sent = await text(request);
    const target = String(request.headers['x-amz-target'] ?? '');
    if (target === '') {
      response.writeHead(200, { 'content-type': 'text/xml' }).end(CALLER);
      return;
    }
    const operation = target.split('.')[1] ?? '';
    const body = JSON.parse(sent);
    seen.push({ operation, headers: request.headers, body });
    const name = [operation, body.GroupBy?.at(-1)?.Key].join(' ');
    const refusal = (refused.get(name) ?? refused.get(operation))?.shift();
    const reply = refusal ?? answer(costs, operation, body);
    const error = reply as NonNullable<Refusal>;
    const failed = typeof error.status === 'number';
    response
      .writeHead(failed ? error.status : 200, {
        'content-type': String(request.headers['content-type']),
        ...(failed && { 'x-amzn-errortype': `${error.type}:http://internal.amazon.com/coral/` }),
      })
      .end(JSON.stringify(failed ? { __type: error.type, Message: error.message } : reply));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Requests to Cost Explorer and CloudWatch, in order. */
    seen,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export interface Run {
  /** Environment variables, in addition to those of the caller's access key. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Folder that holds `environments/`. */
  readonly project?: string;
}

/** Runs a command line as a user of an account with these costs. */
export async function runWithCosts(
  costs: Costs,
  argv: readonly string[],
  { variables = {}, project }: Run = {},
): Promise<Ran & { readonly seen: readonly Seen[] }> {
  const account = await costsAccount(costs);
  const before = { ...process.env };
  const all = {
    AWS_ENDPOINT_URL: account.url,
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'secret',
    ...variables,
  };
  for (const [name, value] of Object.entries(all)) {
    delete process.env[name];
    Object.assign(process.env, value === undefined ? {} : { [name]: value });
  }
  try {
    return { ...(await run(argv, project === undefined ? {} : { project })), seen: account.seen };
  } finally {
    process.env = before;
    account.close();
  }
}
