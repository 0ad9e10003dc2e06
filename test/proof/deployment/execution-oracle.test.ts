import { policyDocument, type Statement } from '../../../lib/plan/parts/statement';
import { executionDenials } from '../../../lib/proof/deployment/execution-denials';
import { executionNeeds } from '../../../lib/proof/deployment/execution-needs';
import { askIamSimulate } from '../../oracle/engines/iam-simulate';
import type { NamedPolicy } from '../../oracle/policy-set';
import { shippedDeployment } from './execution-deployment';

const { plan, policy, templates } = shippedDeployment('dev');
const identity: readonly NamedPolicy[] = [
  { name: 'execution', document: policyDocument<Statement>(policy.statements) },
];

test('another engine, which knows what each action is done on, allows what CloudFormation does for dev', async () => {
  const all = executionNeeds(templates).flatMap((n) => n.calls.map((c) => c.request));
  const requests = [...new Map(all.map((request) => [JSON.stringify(request), request])).values()];
  const answers = await Promise.all(
    requests.map(async (request) => ({ request, answer: await askIamSimulate({ identity }, request) })),
  );
  expect(answers.filter(({ answer }) => 'decision' in answer && answer.decision !== 'allowed')).toEqual([]);
  // It takes no ARN that ends in a wildcard, and no model without a Region.
  const skipped = answers.filter(({ answer }) => 'skipped' in answer).map(({ request }) => request.resource);
  expect(skipped.filter((arn) => !arn.endsWith('application-inference-profile/*') && !arn.includes(':::'))).toEqual([]);
  expect(answers.length - skipped.length).toBeGreaterThan(700);
}, 30_000);

test('it denies everything that must be denied', async () => {
  const answers = await Promise.all(
    executionDenials(plan, 'named').map(async ({ title, requests }) => ({
      title,
      requests,
      decisions: await Promise.all(requests.map((request) => askIamSimulate({ identity }, request))),
    })),
  );
  const denied = answers.filter(({ decisions }) => decisions.some((d) => 'decision' in d && d.decision !== 'allowed'));
  // For some ways to more rights no resource is named, which this engine does not take.
  const others = answers.filter((a) => !denied.includes(a));
  expect(others.filter(({ requests }) => requests.some((r) => r.resource !== '*')).map((a) => a.title)).toEqual([]);
  expect(denied.length).toBeGreaterThan(215);
});
