import { planAccess } from '../../../lib/plan/environment/access-plan';
import { comparePlanWithFile } from '../../../lib/proof/intent/compare-plan-with-file';
import { application, environment, testEnvironment } from '../../plan/environments';

const guardrail = { id: 'abcdefgh1234', version: '1' };
const asked = environment({ chat: application({ guardrail }) });

test.each(['dev', 'network', 'prod'] as const)('the plan of %s is what its file asks for', (name) => {
  expect(comparePlanWithFile(planAccess(testEnvironment(name)), testEnvironment(name))).toEqual([]);
});

test('a plan without the guardrail of the file says what both have', () => {
  const plan = planAccess(environment({ chat: application() }));
  expect(comparePlanWithFile(plan, asked).map(({ kind, message }) => `${kind}: ${message}`)).toEqual([
    'coverage: the plan has nothing for applications.chat.guardrail.id, but the environment file asks for "abcdefgh1234"',
    'coverage: the plan has nothing for applications.chat.guardrail.version, but the environment file asks for "1"',
  ]);
});

test.each([
  ['an application', environment({ chat: application({ guardrail }), more: application() }), 'applications.more.owner'],
  [
    'a model',
    environment({
      chat: application({ guardrail, models: { main: { model: 'amazon.nova-pro-v1:0', routing: 'regional' } } }),
    }),
    'applications.chat.models.main.amazon.nova-pro-v1:0 regional',
  ],
  [
    'a service tier',
    environment({ chat: application({ guardrail, tiers: ['default', 'flex'] }) }),
    'applications.chat.tiers',
  ],
  [
    'a principal',
    environment({ chat: application({ guardrail, principals: [{ service: 'ecs-tasks.amazonaws.com' }] }) }),
    'applications.chat.principals',
  ],
  [
    'a budget',
    environment({ chat: application({ guardrail, budget: { monthlyUsd: 5, notify: ['a@example.com'] } }) }),
    'applications.chat.budget.monthlyUsd',
  ],
  [
    'a gate that only warns',
    environment({ chat: application({ guardrail }) }, { verification: { gate: 'warn' } }),
    'verification.gate',
  ],
  [
    'a log of calls',
    environment({ chat: application({ guardrail }) }, { invocationLogging: {} }),
    'invocationLogging.content',
  ],
  [
    'an endpoint',
    environment(
      { chat: application({ guardrail }) },
      { network: { endpoints: { bedrock: 'vpce-0123456789abcdef0' } } },
    ),
    'network',
  ],
  ['another Region', environment({ chat: application({ guardrail }) }, { region: 'us-west-2' }), 'region'],
])('%s that the plan has and the file does not ask for is found', (_, other, path) => {
  expect(comparePlanWithFile(planAccess(other), asked).map(({ about }) => about)).toContain(path);
});

test.each([
  ['another VPC', { vpcId: 'vpc-0123456789abcdef1' }],
  ['another subnet', { subnetIds: ['subnet-0123456789abcdef1'] }],
  ['another range', { clientCidr: '10.0.0.0/8' }],
  ['another endpoint', { also: ['ssm'] }],
  ['another existing endpoint', { endpoints: { bedrock: 'vpce-0123456789abcdef1' } }],
])('a plan of %s is found', (_, change) => {
  const network = {
    vpcId: 'vpc-0123456789abcdef0',
    subnetIds: ['subnet-0123456789abcdef0'],
    clientCidr: '10.0.0.0/16',
    endpoints: { bedrock: 'vpce-0123456789abcdef0' },
  };
  const of = (changes: object) => environment({ chat: application() }, { network: { ...network, ...changes } });
  expect(comparePlanWithFile(planAccess(of(change)), of({})).map(({ about }) => about)).toEqual(['network']);
  expect(comparePlanWithFile(planAccess(of({})), of({}))).toEqual([]);
});
