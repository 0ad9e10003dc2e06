import { RESOURCE_TYPES } from '../../lib/account/types/resource-types';
import { planOwnCost } from '../../lib/plan/cost/own-cost';
import { application, planOf } from '../plan/environments';
import { resourcesOf, templatesOf } from './synthesized';

/** Everything that a file can ask for and that AWS charges for by itself. */
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

/** Metrics that an alarm is charged for: those of its expression, or its one. */
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
])('%s: as many are counted as the templates make', (name, made) => {
  expect(made).toBeGreaterThan(0);
  expect(planOwnCost(plan).items.find(({ item }) => item === name)?.quantity).toBe(made);
});

test('nothing that is charged for by the month is made without being counted', () => {
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
