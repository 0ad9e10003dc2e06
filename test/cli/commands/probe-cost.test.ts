import { planProbeCost } from '../../../lib/plan/cost/probe-cost';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import { testEnvironment } from '../../plan/environments';
import { run } from '../run';

test('the estimated cost of a run of the verification equals that of a run against the sandbox', async () => {
  const { probes } = JSON.parse((await run(['verify', 'dev', '--local', '--json'])).out);
  const usd: readonly (number | null)[] = probes.map((p: { estimatedUsd: number | null }) => p.estimatedUsd);
  const ran = usd.reduce<number>((sum, amount) => sum + (amount ?? 0), 0);
  const estimate = planProbeCost(planAccess(testEnvironment('dev')).applications, 'us-east-1').usd;
  // A prefix that another application has already written is only read.
  expect(estimate / ran).toBeGreaterThan(0.95);
  expect(estimate / ran).toBeLessThan(1.2);
});
