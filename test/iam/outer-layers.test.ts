import { evaluate } from '../../lib/iam/evaluate/evaluate';
import type { Policy } from '../../lib/iam/policy/policy';

const request = {
  action: 'bedrock:InvokeModel',
  resource: 'arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-lite-v1:0',
  context: { 'aws:RequestedRegion': ['us-west-2'] },
};
const policy = (name: string, ...statements: readonly object[]): Policy => ({
  name,
  document: { Version: '2012-10-17', Statement: statements },
});
const all = policy('all', { Effect: 'Allow', Action: '*', Resource: '*' });
const otherRegions = policy('scp', {
  Sid: 'OtherRegions',
  Effect: 'Deny',
  NotAction: ['iam:*'],
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1'] } },
});
const ssm = policy('ssm', { Effect: 'Allow', Action: 'ssm:*', Resource: '*' });
const bedrock = policy('bedrock', { Effect: 'Allow', Action: 'bedrock:*', Resource: '*' });
const endpoint = (principal: unknown, action = 'bedrock:*'): Policy =>
  policy('endpoint', { Effect: 'Allow', Principal: principal, Action: action, Resource: '*' });

test.each([
  ['an SCP that denies a Region denies a call there', { serviceControl: [[all, otherRegions]] }, 'explicitDeny'],
  ['policies of one level allow together', { serviceControl: [[ssm, bedrock]] }, 'allowed'],
  ['every level must allow', { serviceControl: [[ssm], [bedrock]] }, 'implicitDeny'],
  ['a level without an allow allows nothing', { serviceControl: [[otherRegions], [all]] }, 'explicitDeny'],
  ['a level without policies allows nothing', { serviceControl: [[]] }, 'implicitDeny'],
  ['an organization without levels limits nothing', { serviceControl: [] }, 'allowed'],
  ['an endpoint policy that allows the action does not limit it', { endpoint: endpoint('*') }, 'allowed'],
  ['both ways of writing everybody mean the same', { endpoint: endpoint({ AWS: '*' }) }, 'allowed'],
  [
    'an endpoint policy that allows only another action denies this one',
    { endpoint: endpoint('*', 'bedrock:ApplyGuardrail') },
    'implicitDeny',
  ],
  ['an endpoint policy that names a principal is refused', { endpoint: endpoint({ AWS: '111122223333' }) }, 'refused'],
  ['an endpoint policy without principals is refused', { endpoint: all }, 'refused'],
  ['an SCP with principals is refused', { serviceControl: [[endpoint('*')]] }, 'refused'],
])('%s', (_, layers, decision) => {
  expect(evaluate({ identity: [all], ...layers }, request).decision).toBe(decision);
});
