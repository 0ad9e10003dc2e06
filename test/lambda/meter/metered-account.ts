import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Summary } from '../../../lambda/meter/run-meter';
import type { Price } from '../../../lib/catalog/foundation-model';
import { MetricStore, type Sample } from './metric-store';

/** A profile of the environment, by the short id that CloudWatch knows it by. */
export interface Profile {
  readonly id: string;
  readonly application: string;
  readonly alias: string;
  readonly modelId: string;
  readonly routing: string;
}

/** What a service says instead of its answer; `undefined` where it answers. */
export type Fault = (operation: string, request: Readonly<Record<string, unknown>>) => Said | undefined;

interface Said {
  readonly status: number;
  readonly body: unknown;
}

/** A metric that a run wrote: `dimensions` as `Application=shop,Alias=main` behind the environment's, at a time. */
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

/** Of values that one answer of GetMetricData holds at most ("GetMetricData"). */
const MOST_VALUES = 100_800;

/**
 * An account on the loopback interface with the parameters, the metrics and the clock of a test. What the meter writes is
 * put among the metrics, as CloudWatch would.
 */
export class MeteredAccount {
  store = new MetricStore();
  profiles: readonly Profile[] = [];
  /** Parameters beside those of the profiles. */
  parameters: readonly { readonly Name: string; readonly Value: string }[] = [];
  prices: Readonly<Record<string, Price>> = {};
  fault: Fault = () => undefined;
  /** Every request, in order. */
  readonly asked: { readonly operation: string; readonly request: Readonly<Record<string, unknown>> }[] = [];
  /** What was written to the log and is no metric. */
  readonly lines: string[] = [];
  /** Whether what the meter writes is to be read at once. */
  showsWritten = true;
  /** Values in one answer; a test lowers it to see pages. */
  mostValues = MOST_VALUES;
  readonly #task = mkdtempSync(join(tmpdir(), 'meter-'));
  readonly #server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    const body = JSON.parse(await text(request)) as Readonly<Record<string, unknown>>;
    this.asked.push({ operation, request: body });
    const { status, body: said } = this.fault(operation, body) ?? { status: 200, body: this.#answer(operation, body) };
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'r-1' });
    response.end(JSON.stringify(said));
  });
  #url = '';
  #handler: (event: unknown, context?: { getRemainingTimeInMillis(): number }) => Promise<Summary> = () =>
    Promise.reject(new Error('not started'));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.coldStart();
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
    rmSync(this.#task, { recursive: true });
  }

  /** Another test begins: nothing was called, asked or written. */
  reset(): void {
    this.store = new MetricStore();
    Object.assign(this, {
      profiles: [],
      parameters: [],
      prices: {},
      fault: () => undefined,
      mostValues: MOST_VALUES,
      showsWritten: true,
    });
    this.asked.length = 0;
    this.lines.length = 0;
    this.coldStart();
  }

  /** From now on the function remembers nothing. */
  coldStart(): void {
    jest.isolateModules(() => {
      this.#handler = (
        require('../../../lambda/meter/handler') as typeof import('../../../lambda/meter/handler')
      ).handler;
    });
  }

  /** Runs the meter as the schedule does at `time`, such as `2026-11-21T12:03:20Z`, and answers what it wrote. */
  async run(time: string, variables: Readonly<Record<string, string>> = {}): Promise<readonly Written[]> {
    this.store.now = Date.parse(time) / 1000;
    writeFileSync(join(this.#task, 'prices.json'), JSON.stringify(this.prices));
    Object.assign(process.env, SECRETS, {
      AWS_REGION: 'us-east-1',
      ENVIRONMENT: 'dev',
      EVERY_HOURS: '24',
      AWS_ENDPOINT_URL: this.#url,
      LAMBDA_TASK_ROOT: this.#task,
      ...variables,
    });
    const printed: string[] = [];
    const log = jest.spyOn(console, 'log').mockImplementation((line: string) => void this.lines.push(line));
    // Powertools warns of times that the clock of this machine finds old.
    const warn = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const out = jest.spyOn(process.stdout, 'write').mockImplementation((line) => printed.push(String(line)) > 0);
    try {
      await this.#handler({ 'detail-type': 'Scheduled Event', time }, { getRemainingTimeInMillis: () => 240_000 });
    } finally {
      log.mockRestore();
      warn.mockRestore();
      out.mockRestore();
    }
    const written = printed.flatMap(metricsOf);
    for (const { dimensions, name, at, value } of this.showsWritten ? written : []) {
      const named = Object.fromEntries(dimensions.split(',').map((d) => d.split('=') as [string, string]));
      this.store.add('BedrockAccess', name, named, [at, value]);
    }
    return written;
  }

  #answer(operation: string, request: Readonly<Record<string, unknown>>): unknown {
    switch (operation) {
      case 'GetParametersByPath':
        return { Parameters: [...parametersOf(this.profiles), ...this.parameters] };
      case 'ListMetrics':
        return this.#list(request);
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

  /** As CloudWatch pages: values of all queries up to the most, the rest of a query that was cut in later answers. */
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

/** A value of a query, or none where it has none at all. */
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

/** Parameters of aliases, the first profile of each served. */
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

/** What CloudWatch makes of a line of the log. */
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
