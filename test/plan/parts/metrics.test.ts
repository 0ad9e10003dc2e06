import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessPlan } from '../../../lib/plan/environment/access-plan';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import type { AlarmPlan } from '../../../lib/plan/parts/alarm-plan';
import { metricsOf } from '../../../lib/plan/parts/dashboard-plan';
import type { MetricPlan } from '../../../lib/plan/parts/metric-plan';
import { testEnvironment } from '../environments';
import facts from './metric-facts.json';

/** Facts from the documentation of AWS and of this project, and not from the code. */
const FACTS: Readonly<
  Record<
    string,
    {
      readonly dimensions: readonly (readonly string[])[];
      readonly metrics: Readonly<
        Record<string, { readonly unit: string; readonly statistics: readonly string[]; readonly levels?: number }>
      >;
    }
  >
> = facts;

/** Lists the parts of a metric that no fact confirms. */
function unconfirmedOf({ namespace, name, dimensions, statistic, unit }: MetricPlan): readonly string[] {
  const known = FACTS[namespace];
  const fact = known?.metrics[name];
  if (known === undefined || fact === undefined) {
    return [`${namespace} ${name}`];
  }
  const keys = Object.keys(dimensions).join();
  const dimensionSets = known.dimensions.slice(0, fact.levels).map((set) => set.join());
  return [
    ...(dimensionSets.includes(keys) ? [] : [`${name} by ${keys}`]),
    ...(fact.statistics.includes(statistic) ? [] : [`${statistic} of ${name}`]),
    ...(fact.unit === unit ? [] : [`${name} in ${unit}`]),
  ];
}

const ofAlarm = ({ measure }: AlarmPlan): readonly MetricPlan[] =>
  'expression' in measure ? Object.values(measure.metrics) : [measure];

const ofPlan = ({ alarms, dashboards, applications }: AccessPlan): readonly MetricPlan[] => [
  ...[...alarms, ...applications.flatMap((a) => a.alarms)].flatMap(ofAlarm),
  ...dashboards.flatMap((d) => d.widgets.flatMap(metricsOf)),
];

test.each(['dev', 'prod'] as const)('every metric that alarms and dashboards of %s read is documented', (name) => {
  const metrics = ofPlan(planAccess(testEnvironment(name)));
  expect(metrics.length).toBeGreaterThan(200);
  expect(metrics.flatMap(unconfirmedOf)).toEqual([]);
});

const legacy: MetricPlan = {
  namespace: 'BedrockAccess',
  name: 'LegacyCalls',
  dimensions: { Environment: 'dev' },
  statistic: 'Maximum',
  unit: 'Count',
};

test.each<[changed: Partial<Record<keyof MetricPlan, unknown>>, unknown: string]>([
  [{ name: 'Invocations' }, 'BedrockAccess Invocations'],
  [{ namespace: 'AWS/Bedrock' }, 'AWS/Bedrock LegacyCalls'],
  [{ statistic: 'Average' }, 'Average of LegacyCalls'],
  [{ unit: 'Bytes' }, 'LegacyCalls in Bytes'],
  [{ dimensions: { Application: 'shop' } }, 'LegacyCalls by Application'],
  [
    {
      name: 'QuotaUsedPercent',
      unit: 'Percent',
      statistic: 'Maximum',
      dimensions: { Environment: 'dev', Application: 'shop' },
    },
    'QuotaUsedPercent by Environment,Application',
  ],
])('a metric with %j is not documented', (changed, unknown) => {
  expect(unconfirmedOf({ ...legacy, ...changed } as MetricPlan)).toEqual([unknown]);
});

test('alarms and dashboards read calls, errors, both names of each cache metric, the quota and the latencies', () => {
  const names = ofPlan(planAccess(testEnvironment('dev'))).filter((m) => m.namespace === 'AWS/Bedrock');
  expect([...new Set(names.map((m) => `${m.name} ${m.statistic}`))].sort()).toEqual([
    'CacheReadInputTokenCount Sum',
    'CacheReadInputTokens Sum',
    'CacheWriteInputTokenCount Sum',
    'CacheWriteInputTokens Sum',
    'EstimatedTPMQuotaUsage Sum',
    'InputTokenCount Sum',
    'InvocationClientErrors Sum',
    'InvocationLatency p50',
    'InvocationLatency p90',
    'InvocationLatency p99',
    'InvocationServerErrors Sum',
    'InvocationThrottles Sum',
    'Invocations Sum',
    'OutputTokenCount Sum',
    'TimeToFirstToken p50',
    'TimeToFirstToken p90',
    'TimeToFirstToken p99',
  ]);
});

test('the functions write every metric of this project that is documented', () => {
  const lambda = join(__dirname, '..', '..', '..', 'lambda');
  const files = [
    ...readdirSync(join(lambda, 'meter')).map((file) => join('meter', file)),
    join('verify', 'metrics.ts'),
    join('limit', 'denied-metric.ts'),
  ];
  const sources = files.map((file) => readFileSync(join(lambda, file), 'utf8')).join();
  const names = Object.keys(FACTS['BedrockAccess']?.metrics ?? {});
  expect(names.length).toBe(11);
  expect(names.filter((name) => !sources.includes(`'${name}'`))).toEqual([]);
});
