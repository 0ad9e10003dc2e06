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
  { limits: { monthlyUsd: 1_000 }, invocationLogging: {}, costAllocationTags: 'activate' },
);
const templates = templatesOf(plan);

/** Counts the metrics that an alarm is charged for: those of its expression, or its only one. */
function metricsOf({ Metrics }: Readonly<Record<string, unknown>>): number {
  const queries = (Metrics ?? [{ MetricStat: {} }]) as readonly { readonly MetricStat?: unknown }[];
  return queries.filter(({ MetricStat }) => MetricStat !== undefined).length;
}

const alarms = resourcesOf(templates, 'AWS::CloudWatch::Alarm');

test.each([
  ['alarms', alarms.reduce((sum, { Properties }) => sum + metricsOf(Properties), 0)],
  ['dashboards', resourcesOf(templates, 'AWS::CloudWatch::Dashboard').length],
  ['KMS keys', resourcesOf(templates, 'AWS::KMS::Key').length],
  ['budgets with an action', resourcesOf(templates, 'AWS::Budgets::BudgetsAction').length],
])('the cost counts as many %s as the templates have', (name, count) => {
  expect(count).toBeGreaterThan(0);
  expect(planOwnCost(plan).items.find(({ item }) => item === name)?.quantity).toBe(count);
});

test('every resource with a monthly price is counted', () => {
  const types = new Set(
    Object.values(templates).flatMap(({ Resources }) => Object.values(Resources).map((r) => r.Type)),
  );
  const charged = [...types].filter((type) => typeof RESOURCE_TYPES.get(type)?.charge !== 'string');
  expect(charged.sort()).toEqual([
    'AWS::Budgets::BudgetsAction',
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::KMS::Key',
  ]);
});
