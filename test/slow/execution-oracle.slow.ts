import { policyDocument, type Statement } from '../../lib/plan/parts/statement';
import { executionDenials } from '../../lib/proof/deployment/execution-denials';
import { executionNeeds } from '../../lib/proof/deployment/execution-needs';
import { askIamSimulate } from '../oracle/engines/iam-simulate';
import type { NamedPolicy } from '../oracle/policy-set';
import { environmentDeployment } from '../proof/deployment/execution-deployment';

const { plan, policy, templates } = environmentDeployment('dev');
const identity: readonly NamedPolicy[] = [
  { name: 'execution', document: policyDocument<Statement>(policy.statements) },
];

test('another engine, which knows the resources of each action, allows all calls of CloudFormation for dev', async () => {
  const all = executionNeeds(templates).flatMap((n) => n.calls.map((c) => c.request));
  const requests = [...new Map(all.map((request) => [JSON.stringify(request), request])).values()];
  const answers = await Promise.all(
    requests.map(async (request) => ({ request, answer: await askIamSimulate({ identity }, request) })),
  );
  expect(answers.filter(({ answer }) => 'decision' in answer && answer.decision !== 'allowed')).toEqual([]);
  // The engine refuses ARNs that end in a wildcard, and models without a Region.
  const skipped = answers.filter(({ answer }) => 'skipped' in answer).map(({ request }) => request.resource);
  expect(skipped.filter((arn) => !arn.endsWith('application-inference-profile/*') && !arn.includes(':::'))).toEqual([]);
  expect(answers.length - skipped.length).toBeGreaterThan(700);
}, 30_000);

test('another engine denies every request that must be denied', async () => {
  const answers = await Promise.all(
    executionDenials(plan, 'named').map(async ({ title, requests }) => ({
      title,
      requests,
      decisions: await Promise.all(requests.map((request) => askIamSimulate({ identity }, request))),
    })),
  );
  const denied = answers.filter(({ decisions }) => decisions.some((d) => 'decision' in d && d.decision !== 'allowed'));
  // Some ways to more permissions name no resource, and the engine refuses them.
  const others = answers.filter((a) => !denied.includes(a));
  expect(others.filter(({ requests }) => requests.some((r) => r.resource !== '*')).map((a) => a.title)).toEqual([]);
  expect(denied.length).toBeGreaterThan(215);
});
