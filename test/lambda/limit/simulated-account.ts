import type { Clock } from '../../../aws/clock';
import type { CloudWatch, DataResult, Metric } from '../../../aws/services/cloudwatch';
import type { ReadPage } from '../../../aws/services/parameter-pages';
import type { ParameterStore } from '../../../aws/services/parameter-store';
import type { BudgetAction, BudgetActions } from '../../../lambda/limit/budget-actions';
import { dollarsOfApplication } from '../../../lambda/limit/dollars-of-application';
import type { LimitDependencies } from '../../../lambda/limit/limit-dependencies';
import { askAws } from '../../../lambda/limit/policies/ask-aws';
import { type Carrier, inWords } from '../../../lambda/limit/policies/carrier';
import type { Denial } from '../../../lambda/limit/policies/denial';
import { readLimitSettings } from '../../../lambda/limit/settings';
import { limitStore } from '../../../lambda/limit/store/limit-parameters';

/** Services whose calls can fail in a run. */
export type Service = 'cloudwatch' | 'ssm' | 'iam' | 'budgets' | 'sns';

/** An application of the simulation. */
export interface SimulatedApplication {
  readonly name: string;
  readonly dailyUsd?: number;
  /** Principals, such as `role api`. */
  readonly principals: readonly string[];
  /** Ids of its profiles. The first one is served. */
  readonly profiles: readonly string[];
}

/** A value of a metric, and the time from which CloudWatch shows it. Times are in seconds since 1970. */
interface Point {
  readonly at: number;
  readonly value: number;
  readonly visible: number;
}

/** The points of a metric in one hour. */
interface Hour {
  readonly points: Point[];
  /** Sum of all points, once the hour is over and no point can still arrive. */
  sum?: number;
}

const HOUR_SECONDS = 3_600;

/** Longest delay of a point, in seconds. */
const LATEST_SECONDS = 900;

const MODEL = 'amazon.nova-lite-v1:0';

/** Prices of a million tokens, in dollars. */
export const PRICES = { [`${MODEL} us`]: { input: 1, output: 4 } };

const ACCOUNT = '111122223333';
const LIMITS = '/bedrock-access/dev.limits';
const policy = (end: string): string => `arn:aws:iam::${ACCOUNT}:policy/bedrock-access/dev/dev_${end}`;

export const alarmArn = (application: string): string =>
  `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:dev_${application}_daily-usd`;

const SETTINGS = readLimitSettings({
  ENVIRONMENT: 'dev',
  AWS_REGION: 'us-east-1',
  LIMIT_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/bedrock-access/dev/limit/dev_{application}_limit`,
  DENIAL_POLICY_ARN: policy('{application}_limit'),
  PROBE_ROLE_NAMES: 'dev_{application}_probe,dev_{application}_probe-policies',
});

/**
 * An account in memory: Bedrock's metrics, which arrive late, IAM, the Parameter Store, AWS Budgets, SNS and a clock.
 * Each service can fail.
 */
export class SimulatedAccount {
  /** Current time, in seconds since 1970. */
  now = 0;
  readonly failing = new Set<Service>();
  readonly parameters = new Map<string, string>();
  /** Principals that each policy is attached to, keyed by the policy's ARN. */
  readonly carried = new Map<string, Set<string>>();
  /** Principals that take no more policies. */
  readonly full = new Set<string>();
  readonly told: string[] = [];
  readonly actions = new Map<string, { status: string; at: number }>();
  readonly #series = new Map<string, { readonly metric: Metric; readonly hours: Map<number, Hour> }>();

  constructor(
    readonly applications: readonly SimulatedApplication[],
    readonly random: () => number,
  ) {
    for (const { name, dailyUsd, principals, profiles } of applications) {
      this.carried.set(policy(`${name}_limit`), new Set());
      this.carried.set(policy(`${name}_access-1`), new Set(principals));
      const named = (kind: string) => principals.filter((p) => p.startsWith(kind)).map((p) => p.slice(5));
      const limit = {
        ...(dailyUsd !== undefined && { dailyUsd, alarmArn: alarmArn(name) }),
        ...{
          topicArn: `arn:aws:sns:us-east-1:${ACCOUNT}:dev_alerts-${name}`,
          policyArns: [policy(`${name}_access-1`)],
        },
        ...{ roles: named('role'), users: named('user') },
      };
      this.parameters.set(`${LIMITS}/${name}`, JSON.stringify(limit));
      const generations = profiles.map((id) => ({
        generation: id,
        profileArn: `arn:aws:bedrock:us-east-1:${ACCOUNT}:application-inference-profile/${id}`,
        ...{ modelId: MODEL, routing: 'us', probes: ['text'] },
      }));
      const [{ generation, profileArn } = { generation: '', profileArn: '' }] = generations;
      const value = { profileArn, generation, generations };
      this.parameters.set(`/bedrock-access/dev/${name}/main`, profileArn);
      this.parameters.set(`/bedrock-access/dev/${name}/main.json`, JSON.stringify(value));
    }
  }

  /** Adds a value of a metric, which CloudWatch shows after `delay` seconds. */
  add(Namespace: string, MetricName: string, dimension: readonly [string, string], value: number, delay: number): void {
    const [Name, Value] = dimension;
    const metric: Metric = { Namespace, MetricName, Dimensions: [{ Name, Value }] };
    const key = `${Namespace} ${MetricName} ${Name} ${Value}`;
    const series = this.#series.get(key) ?? { metric, hours: new Map() };
    const start = Math.floor(this.now / HOUR_SECONDS) * HOUR_SECONDS;
    const hour = series.hours.get(start) ?? { points: [] };
    hour.points.push({ at: this.now, value, visible: this.now + delay });
    series.hours.set(start, hour);
    this.#series.set(key, series);
  }

  /** True if no principal of the application can call its profiles. */
  isDenied(application: string): boolean {
    const denied = this.carried.get(policy(`${application}_limit`));
    return [...(this.carried.get(policy(`${application}_access-1`)) ?? [])].every((one) => denied?.has(one));
  }

  /** True if all principals of the application can call its profiles. */
  isFree({ name, principals }: SimulatedApplication): boolean {
    const entitled = this.carried.get(policy(`${name}_access-1`));
    return this.carried.get(policy(`${name}_limit`))?.size === 0 && principals.every((one) => entitled?.has(one));
  }

  #fail(service: Service): void {
    if (this.failing.has(service)) {
      throw Object.assign(new Error('Rate exceeded'), {
        name: 'ThrottlingException',
        $metadata: { httpStatusCode: 400 },
      });
    }
  }

  readonly readPage: ReadPage = async (path) => {
    this.#fail('ssm');
    const below = [...this.parameters].filter(([name]) => name.startsWith(`${path}/`));
    return { parameters: below.map(([name, value]) => ({ name, value })) };
  };

  readonly #store: ParameterStore = {
    get: async (names) => {
      this.#fail('ssm');
      return names.flatMap((name) => {
        const value = this.parameters.get(name);
        return value === undefined ? [] : [{ name, value }];
      });
    },
    put: async (name, value) => {
      this.#fail('ssm');
      this.parameters.set(name, value);
    },
    delete: async (name) => {
      this.#fail('ssm');
      this.parameters.delete(name);
    },
  };

  readonly cloudWatch: CloudWatch = {
    listMetrics: async ({ Namespace, MetricName }) => {
      this.#fail('cloudwatch');
      const found = [...this.#series.values()].filter(
        ({ metric, hours }) =>
          metric.Namespace === Namespace &&
          (MetricName === undefined || metric.MetricName === MetricName) &&
          [...hours.values()].some(({ points }) => points.some(({ visible }) => visible <= this.now)),
      );
      return { Metrics: found.map(({ metric }) => metric) };
    },
    getMetricData: async ({ StartTime, EndTime, MetricDataQueries }) => {
      this.#fail('cloudwatch');
      return {
        MetricDataResults: MetricDataQueries.map(({ Id, MetricStat: { Metric, Period } }) => ({
          ...{ Id, StatusCode: 'Complete' },
          ...this.#read(Metric, Period, StartTime, EndTime),
        })),
      };
    },
  };

  /** Adds up a metric in slots. */
  #read({ Namespace, MetricName, Dimensions: [one] = [] }: Metric, period: number, start: number, end: number) {
    const hours = this.#series.get(`${Namespace} ${MetricName} ${one?.Name} ${one?.Value}`)?.hours;
    const slots = new Map<number, number>();
    const add = (at: number, value: number): void => {
      const slot = Math.floor(at / period) * period;
      slots.set(slot, (slots.get(slot) ?? 0) + value);
    };
    for (let at = Math.floor(start / HOUR_SECONDS) * HOUR_SECONDS; at < end; at += HOUR_SECONDS) {
      const hour = hours?.get(at);
      const next = at + HOUR_SECONDS;
      const isWhole = period >= HOUR_SECONDS && start <= at && end >= next && next + LATEST_SECONDS < this.now;
      if (hour !== undefined && isWhole) {
        hour.sum ??= hour.points.reduce((sum, { value }) => sum + value, 0);
        add(at, hour.sum);
      } else {
        for (const point of hour?.points ?? []) {
          if (point.at >= start && point.at < end && point.visible <= this.now) {
            add(point.at, point.value);
          }
        }
      }
    }
    return { Timestamps: [...slots.keys()], Values: [...slots.values()] } satisfies DataResult;
  }

  /** A clock whose waits take no time: a run is short against the time between two runs. */
  readonly clock: Clock = {
    now: () => this.now * 1000,
    sleep: async () => {},
    random: () => this.random(),
    timeLeft: () => 280_000,
  };

  readonly #today = (): Date => new Date(this.now * 1000);

  /** The dependencies of the limit function. */
  readonly limit: LimitDependencies = {
    settings: SETTINGS,
    limits: limitStore({
      path: LIMITS,
      readPage: this.readPage,
      store: this.#store,
      ask: askAws(this.clock, false),
      clock: this.clock,
      today: this.#today,
    }),
    denialOf: async (application) => this.#denial(application),
    attachedPolicies: async () => {
      this.#fail('iam');
      return [...this.carried].filter(([, carriers]) => carriers.size > 0).map(([arn]) => arn);
    },
    budgets: this.#budgets(),
    dollarsOf: (application, now) =>
      dollarsOfApplication(application, now, {
        path: '/bedrock-access/dev',
        readPage: this.readPage,
        cloudWatch: this.cloudWatch,
        prices: PRICES,
        clock: this.clock,
        log: () => {},
      }),
    publish: async (_, { subject }) => {
      this.#fail('sns');
      this.told.push(`${this.#today().toISOString()} ${subject}`);
    },
    clock: this.clock,
    today: this.#today,
    log: () => {},
  };

  #denial(application: string): Denial {
    this.#fail('iam');
    const policyArn = policy(`${application}_limit`);
    const of = (arn: string): Set<string> => this.carried.get(arn) ?? new Set();
    return {
      policyArn,
      carriers: async (arn) => {
        this.#fail('iam');
        return [...of(arn)].sort().map((words): Carrier => {
          const [kind, name = ''] = words.split(' ');
          return { kind: kind === 'user' ? 'user' : 'role', name };
        });
      },
      attach: async (arn, to) => {
        this.#fail('iam');
        if (this.full.has(inWords(to)) && arn === policyArn) {
          throw new Error('LimitExceeded');
        }
        of(arn).add(inWords(to));
      },
      detach: async (arn, from) => {
        this.#fail('iam');
        of(arn).delete(inWords(from));
      },
    };
  }

  #budgets(): BudgetActions {
    const actionOf = (application: string) => this.actions.get(application) ?? { status: 'STANDBY', at: 0 };
    return {
      list: async () => {
        this.#fail('budgets');
        return [...this.actions].map(
          ([name, { status }]): BudgetAction => ({
            ...{ budgetName: `dev_${name}`, actionId: name, status, policyArn: policy(`${name}_limit`) },
          }),
        );
      },
      changedSince: async ({ actionId }, start) => {
        this.#fail('budgets');
        return actionOf(actionId).at * 1000 >= start.getTime();
      },
      execute: async ({ actionId }, type) => {
        this.#fail('budgets');
        const status = type === 'REVERSE_BUDGET_ACTION' ? 'REVERSE_SUCCESS' : 'STANDBY';
        this.actions.set(actionId, { status, at: this.now });
        return status;
      },
    };
  }
}
