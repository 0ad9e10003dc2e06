import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ModelNames } from '../../../lambda/meter/model-names';
import type { Summary } from '../../../lambda/meter/run-meter';
import type { Price } from '../../../lib/catalog/foundation-model';
import { bundleFunction } from '../../../lib/constructs/bundle-function';
import { MetricStore, type Sample } from './metric-store';

/** A profile of the environment, with the short id that CloudWatch uses. */
export interface Profile {
  readonly id: string;
  readonly application: string;
  readonly alias: string;
  readonly modelId: string;
  readonly routing: string;
}

/** Returns the fault of a request, or `undefined` if it is answered normally. */
export type Fault = (operation: string, request: Readonly<Record<string, unknown>>) => FaultAnswer | undefined;

interface FaultAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A metric value that a run wrote. `dimensions` looks like `Environment=dev,Application=shop`. */
export interface Written {
  readonly at: number;
  readonly dimensions: string;
  readonly name: string;
  readonly unit: string;
  readonly value: number;
}

const SECRETS = {
  AWS_ACCESS_KEY_ID: 'ASIACANARYCANARYCANA',
  AWS_SECRET_ACCESS_KEY: 'canary/secret/canary/secret/canary/secre',
  AWS_SESSION_TOKEN: `canaryToken${'FwoGZXIvYXdzE'.repeat(20)}==`,
};

/** Maximum number of values in one answer of GetMetricData ("GetMetricData"). */
const MAX_VALUES = 100_800;

/**
 * An emulated account on the loopback interface with the parameters, the metrics and the clock of a test. The metrics
 * that the meter writes are added to the others, as in CloudWatch.
 */
export class MeteredAccount {
  store = new MetricStore();
  profiles: readonly Profile[] = [];
  /** Parameters in addition to those of the profiles. */
  parameters: readonly { readonly Name: string; readonly Value: string }[] = [];
  prices: Readonly<Record<string, Price>> = {};
  modelNames: ModelNames = {};
  /** Quotas of Bedrock in the account, by their names. */
  quotas: Readonly<Record<string, number>> = {};
  /** False if AWS counts the runs of the meter too late for the next run. */
  countsRuns = true;
  fault: Fault = () => undefined;
  /** Every request, in order. */
  readonly requests: { readonly operation: string; readonly request: Readonly<Record<string, unknown>> }[] = [];
  /** The metrics that the last run wrote, also if it failed. */
  partly: readonly Written[] = [];
  /** Lines of the log that are not metrics. */
  readonly lines: string[] = [];
  /** Maximum number of values in one answer. A test lowers it to get several pages. */
  mostValues = MAX_VALUES;
  readonly #task = mkdtempSync(join(tmpdir(), 'meter-'));
  readonly #server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    const body = JSON.parse(await text(request)) as Readonly<Record<string, unknown>>;
    this.requests.push({ operation, request: body });
    const { status, body: answer } = this.fault(operation, body) ?? {
      status: 200,
      body: this.#answer(operation, body),
    };
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'r-1' });
    response.end(JSON.stringify(answer));
  });
  #url = '';
  #handler: (event: unknown, context?: { getRemainingTimeInMillis(): number }) => Promise<Summary> = () =>
    Promise.reject(new Error('not started'));

  /** Bundles the meter as its stack does, and starts the account. */
  async start(): Promise<void> {
    bundleFunction('meter', this.#task);
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.coldStart();
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
    rmSync(this.#task, { recursive: true });
  }

  /** Resets the account for another test: without calls, requests and metrics. */
  reset(): void {
    this.store = new MetricStore();
    Object.assign(this, {
      profiles: [],
      parameters: [],
      prices: {},
      modelNames: {},
      quotas: {},
      countsRuns: true,
      fault: () => undefined,
      mostValues: MAX_VALUES,
    });
    this.requests.length = 0;
    this.lines.length = 0;
    this.coldStart();
  }

  /** Makes the next run a cold start. */
  coldStart(): void {
    jest.isolateModules(() => {
      this.#handler = (require(join(this.#task, 'index.js')) as typeof import('../../../lambda/meter/handler')).handler;
    });
  }

  /**
   * Runs the meter at `time`, such as `2026-11-21T12:03:20Z`, and returns the metrics that it wrote. If it fails, the
   * metrics that it wrote before are in `partly`.
   */
  async run(
    time: string,
    variables: Readonly<Record<string, string>> = {},
    event: unknown = { 'detail-type': 'Scheduled Event', time },
  ): Promise<readonly Written[]> {
    this.store.now = Date.parse(time) / 1000;
    writeFileSync(join(this.#task, 'prices.json'), JSON.stringify(this.prices));
    writeFileSync(join(this.#task, 'model-names.json'), JSON.stringify(this.modelNames));
    Object.assign(process.env, SECRETS, {
      AWS_REGION: 'us-east-1',
      ENVIRONMENT: 'dev',
      EVERY_HOURS: '24',
      AWS_LAMBDA_FUNCTION_NAME: 'dev_meter',
      VERIFICATION_RULE: 'dev_verification-schedule',
      AWS_ENDPOINT_URL: this.#url,
      LAMBDA_TASK_ROOT: this.#task,
      ...variables,
    });
    const printed: string[] = [];
    const log = jest.spyOn(console, 'log').mockImplementation((line: string) => void this.lines.push(line));
    // Powertools warns about times that are in the past for the clock of this machine.
    const warn = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const out = jest.spyOn(process.stdout, 'write').mockImplementation((line) => printed.push(String(line)) > 0);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(this.store.now * 1000);
    let failed = 1;
    try {
      await this.#handler(event, { getRemainingTimeInMillis: () => 240_000 });
      failed = 0;
    } finally {
      clock.mockRestore();
      if (this.countsRuns) {
        const FunctionName = 'dev_meter';
        this.store.add('AWS/Lambda', 'Invocations', { FunctionName }, [this.store.now, 1]);
        this.store.add('AWS/Lambda', 'Errors', { FunctionName }, [this.store.now, failed]);
      }
      this.partly = printed.flatMap(metricsOf);
      log.mockRestore();
      warn.mockRestore();
      out.mockRestore();
    }
    const written = this.partly;
    for (const { dimensions, name, at, value } of written) {
      const named = Object.fromEntries(dimensions.split(',').map((d) => d.split('=') as [string, string]));
      this.store.add('BedrockAccess', name, named, [at, value]);
    }
    return written;
  }

  #answer(operation: string, request: Readonly<Record<string, unknown>>): unknown {
    switch (operation) {
      case 'GetParametersByPath':
        return {
          Parameters: [...parametersOf(this.profiles), ...this.parameters].filter(({ Name }) =>
            Name.startsWith(`${request['Path']}/`),
          ),
        };
      case 'ListMetrics':
        return this.#list(request);
      case 'ListServiceQuotas':
        return this.#quotas(request);
      case 'GetMetricData':
        return this.#data(request as unknown as DataRequest);
      default:
        return { __type: `UnknownOperation ${operation}` };
    }
  }

  #list({ Namespace, RecentlyActive, NextToken }: Readonly<Record<string, unknown>>) {
    const seconds = RecentlyActive === 'PT3H' ? 3 * 3600 : 14 * 86_400;
    const all = this.store.since(String(Namespace), this.store.now - seconds);
    const from = Number(NextToken ?? 0);
    return { Metrics: all.slice(from, from + 500), ...(from + 500 < all.length && { NextToken: String(from + 500) }) };
  }

  /** Returns a page of two quotas. */
  #quotas({ NextToken }: Readonly<Record<string, unknown>>) {
    const all = Object.entries(this.quotas).map(([QuotaName, Value]) => ({ QuotaName, Value }));
    const from = Number(NextToken ?? 0);
    return { Quotas: all.slice(from, from + 2), ...(from + 2 < all.length && { NextToken: String(from + 2) }) };
  }

  /** Returns a page of values as CloudWatch does: up to the maximum of all queries, with the rest in later pages. */
  #data({ StartTime, EndTime, MetricDataQueries, NextToken }: DataRequest) {
    const all = MetricDataQueries.flatMap(({ Id, MetricStat: { Metric, Stat, Period } }): readonly Slot[] => {
      const { Timestamps = [], Values = [] } = this.store.read(Metric, Stat, Period, StartTime, EndTime);
      return Timestamps.length === 0 ? [{ Id }] : Timestamps.map((at, i) => ({ Id, sample: [at, Values[i] ?? 0] }));
    });
    const from = Number(NextToken ?? 0);
    const page = all.slice(from, from + this.mostValues);
    const later = new Set(all.slice(from + this.mostValues).map(({ Id }) => Id));
    return {
      MetricDataResults: [...new Set(page.map(({ Id }) => Id))].map((Id) => {
        const values = page.flatMap((one) => (one.Id === Id && one.sample !== undefined ? [one.sample] : []));
        return {
          Id,
          StatusCode: later.has(Id) ? 'PartialData' : 'Complete',
          Timestamps: values.map(([at]) => at),
          Values: values.map(([, value]) => value),
        };
      }),
      ...(later.size > 0 && { NextToken: String(from + this.mostValues) }),
    };
  }
}

/** A value of a query, or none if the query has no values. */
interface Slot {
  readonly Id: string;
  readonly sample?: Sample;
}

interface DataRequest {
  readonly StartTime: number;
  readonly EndTime: number;
  readonly MetricDataQueries: readonly {
    readonly Id: string;
    readonly MetricStat: {
      readonly Metric: { readonly Namespace: string };
      readonly Stat: string;
      readonly Period: number;
    };
  }[];
  readonly NextToken?: string;
}

/** Returns the parameters of the aliases. Each alias serves its first profile. */
function parametersOf(profiles: readonly Profile[]) {
  const names = [...new Set(profiles.map(({ application, alias }) => `/bedrock-access/dev/${application}/${alias}`))];
  return names.flatMap((Name) => {
    const own = profiles.filter(({ application, alias }) => Name.endsWith(`/${application}/${alias}`));
    const generations = own.map(({ id, modelId, routing }) => ({
      ...{ generation: id, profileArn: arnOf(id), modelId, routing, probes: ['text'] },
    }));
    const [{ generation, profileArn } = { generation: '', profileArn: '' }] = generations;
    return [
      { Name, Value: profileArn },
      { Name: `${Name}.json`, Value: JSON.stringify({ profileArn, generation, generations }) },
    ];
  });
}

function arnOf(id: string): string {
  return `arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/${id}`;
}

interface Embedded {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
}

/** Returns the metrics that CloudWatch reads from a line of the log. */
function metricsOf(line: string): readonly Written[] {
  const values = JSON.parse(line) as Embedded & Readonly<Record<string, unknown>>;
  const { Timestamp, CloudWatchMetrics } = values._aws;
  return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) => {
    expect(Namespace).toBe('BedrockAccess');
    expect(Metrics.length).toBeLessThanOrEqual(100);
    return Dimensions.flatMap((names) =>
      Metrics.map(({ Name, Unit }) => ({
        at: Timestamp / 1000,
        dimensions: names.map((name) => `${name}=${values[name]}`).join(),
        name: Name,
        unit: Unit,
        value: values[Name] as number,
      })),
    );
  });
}
