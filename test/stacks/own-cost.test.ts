import { RESOURCE_TYPES } from '../../lib/account/types/resource-types';
import { planOwnCost } from '../../lib/plan/cost/own-cost';
import { application, planOf } from '../plan/environments';
import { resourcesOf, templatesOf } from './synthesized';

/** A plan with everything that a file can request and that AWS charges for on its own. */
const plan = planOf(
  {
    shop: application({
      budget: { monthlyUsd: 500, alerts: [50], notify: ['a@example.com'], atLimit: 'deny' },
      alarms: { dailyUsd: 40 },
    }),
    search: application(),
  },
  {
    limits: { monthlyUsd: 1_000 },
    invocationLogging: {},
    costAllocationTags: 'activate',
    network: {
      vpcId: 'vpc-0123456789abcdef0',
      subnetIds: ['subnet-0123456789abcdef0'],
      clientCidr: '10.0.0.0/16',
    },
  },
);
const templates = templatesOf(plan);

/** Counts the metrics that an alarm is charged for: those of its expression, or its only one. */
function metricsOf({ Metrics }: Readonly<Record<string, unknown>>): number {
  const queries = (Metrics ?? [{ MetricStat: {} }]) as readonly { readonly MetricStat?: unknown }[];
  return queries.filter(({ MetricStat }) => MetricStat !== undefined).length;
}

const alarms = resourcesOf(templates, 'AWS::CloudWatch::Alarm');

const items = new Map(planOwnCost(plan).items.map(({ unit, quantity }) => [unit, quantity]));
const charged = [...RESOURCE_TYPES].flatMap(([type, { charge }]) =>
  typeof charge === 'string' ? [] : [[type, charge.unit] as const],
);

test.each(charged)('the cost counts every %s of the templates, in the unit %s', (type, unit) => {
  const count =
    type === 'AWS::CloudWatch::Alarm'
      ? alarms.reduce((sum, { Properties }) => sum + metricsOf(Properties), 0)
      : resourcesOf(templates, type).length;
  expect(count).toBeGreaterThan(0);
  expect(items.get(unit)).toBe(count);
});

test('alarms, dashboards, keys and the actions of budgets have a monthly price', () => {
  expect(charged.map(([type]) => type)).toEqual(
    expect.arrayContaining([
      'AWS::Budgets::BudgetsAction',
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::Dashboard',
      'AWS::KMS::Key',
    ]),
  );
});
