import type { Account, Principal } from '../../../lib/account/account';
import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import { evaluate } from '../../../lib/iam/evaluate/evaluate';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { layersOf } from '../../../lib/proof/calls/layers-of';
import { comparePlanWithFile } from '../../../lib/proof/intent/compare-plan-with-file';
import { planLines } from '../../../lib/report/plan/plan-lines';
import { application, environment } from '../../plan/environments';
import { sharedAssembly } from '../../stacks/shared-assembly';
import { deploymentOf, proofWith } from '../deployment/execution-deployment';

const file = environment({
  chat: application({
    principals: [{ service: 'lambda.amazonaws.com', logs: true }, { service: 'ecs-tasks.amazonaws.com' }],
    budget: { monthlyUsd: 10, notify: ['team@example.com'], atLimit: 'deny' },
  }),
  search: application({ principals: [{ service: 'lambda.amazonaws.com', logs: true }] }),
  quiet: application({ principals: [{ service: 'lambda.amazonaws.com', logs: false }] }),
});
const plan = planAccess(file);
const account = readTemplateAccount(sharedAssembly(plan), 'dev');
const violationsOf = (changed: Account) =>
  proveAccess(plan, changed).violations.map(({ kind, message }) => `${kind}: ${message}`);

function withRole(name: string, change: (role: Principal) => Principal): Account {
  return { ...account, principals: account.principals.map((p) => (p.name === name ? change(p) : p)) };
}

const logPolicy = account.principals
  .find((p) => p.name === 'dev_chat_lambda')
  ?.policies.find(({ name }) => name.endsWith('dev_chat_logs'));
if (logPolicy === undefined) {
  throw new Error('the templates have no policy of logs');
}

test('the templates are proven, and can be deployed with the execution policy', () => {
  expect(violationsOf(account)).toEqual([]);
  expect(comparePlanWithFile(plan, file)).toEqual([]);
  const deployment = deploymentOf(plan);
  expect(proofWith(deployment, deployment.policy.statements).violations).toEqual([]);
});

test('plan names the log group', () => {
  const lines = planLines(plan, { statements: false }, { tone: (_, text) => text }).join('\n');
  expect(lines.match(/log group \S+ \(\d+ days\)/g)).toEqual([
    'log group /bedrock-applications/dev/chat (90 days)',
    'log group /bedrock-applications/dev/search (90 days)',
  ]);
});

test.each<readonly [string, Account, string]>([
  [
    'a role without the policy that the file asks for',
    withRole('dev_chat_lambda', (p) => ({ ...p, policies: p.policies.filter((policy) => policy !== logPolicy) })),
    'missing: role dev_chat_lambda may not logs:CreateLogStream',
  ],
  [
    'a role with a policy that the file does not ask for',
    withRole('dev_chat_ecs-tasks', (p) => ({ ...p, policies: [...p.policies, logPolicy] })),
    'excess: role dev_chat_ecs-tasks may logs:CreateLogStream',
  ],
  [
    'a role that may write any log',
    withRole('dev_chat_lambda', (p) => ({
      ...p,
      policies: p.policies.map((policy) =>
        policy === logPolicy
          ? { ...policy, document: JSON.parse(JSON.stringify(policy.document).replace('dev/chat:', '*:')) }
          : policy,
      ),
    })),
    'excess: role dev_chat_lambda may logs:CreateLogStream',
  ],
  [
    'a role that may create log groups',
    withRole('dev_chat_lambda', (p) => ({
      ...p,
      policies: p.policies.map((policy) =>
        policy === logPolicy
          ? {
              ...policy,
              document: JSON.parse(JSON.stringify(policy.document).replace('CreateLogStream', 'CreateLogGroup')),
            }
          : policy,
      ),
    })),
    'excess: role dev_chat_lambda may logs:CreateLogGroup',
  ],
  [
    'a log group that keeps its lines forever',
    {
      ...account,
      wholeResources: account.wholeResources.map((r) =>
        r.name.endsWith('dev/chat') ? { ...r, properties: { LogGroupName: r.name } } : r,
      ),
    },
    'resource: /bedrock-applications/dev/chat: the templates lack the AWS::Logs::LogGroup of the plan',
  ],
])('%s is found', (_, changed, begins) => {
  expect(violationsOf(changed)).toContainEqual(expect.stringMatching(new RegExp(`^${begins}`)));
});

test.each([
  ['dev_chat_lambda', 'dev/chat:log-stream:any', 'allowed'],
  ['dev_chat_lambda', 'dev/search:log-stream:any', 'implicitDeny'],
  ['dev_chat_lambda', 'dev/chat2:log-stream:any', 'implicitDeny'],
  ['dev_chat_ecs-tasks', 'dev/chat:log-stream:any', 'implicitDeny'],
  ['dev_quiet_lambda', 'dev/quiet:log-stream:any', 'implicitDeny'],
  ['dev_search_lambda', 'dev/search:log-stream:any', 'allowed'],
])('%s writes to %s: %s', (name, log, expected) => {
  const role = account.principals.find((p) => p.name === name);
  const resource = `arn:aws:logs:us-east-1:111122223333:log-group:/bedrock-applications/${log}`;
  const request = { action: 'logs:PutLogEvents', resource, context: {} };
  expect(role && evaluate(layersOf(role), request).decision).toBe(expected);
});
