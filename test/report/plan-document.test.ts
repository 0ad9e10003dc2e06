import Ajv from 'ajv';
import { planOwnCost } from '../../lib/plan/own-cost';
import { schemas } from '../../lib/report/schemas';
import { application, planOf } from '../plan/environments';

test('the schema of a plan describes one with everything that a file can ask for in the way of money and logs', () => {
  const budget = { monthlyUsd: 500, alerts: [50], forecast: [100], notify: ['a@example.com'], atLimit: 'deny' };
  const asked = { limits: { monthlyUsd: 1_000 }, invocationLogging: {}, costAllocationTags: 'activate' };
  const plan = planOf({ shop: application({ budget, alarms: { dailyUsd: 4 } }) }, asked);
  const document = { schemaVersion: 1, command: 'plan', exitCode: 0, plan, ownCost: planOwnCost(plan), warnings: [] };
  const ajv = new Ajv({ strict: false, allErrors: true });
  const valid = ajv.validate(schemas()['plan-output.schema.json'] as object, JSON.parse(JSON.stringify(document)));
  expect([valid, ajv.errors]).toEqual([true, null]);
});
