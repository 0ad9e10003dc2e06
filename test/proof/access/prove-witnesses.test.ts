import { proveAccess } from '../../../lib/proof/access/prove-access';
import type { Violation } from '../../../lib/proof/finding/proof';
import { type MutableStatement, withPolicy } from '../mutations/mutated-account';
import { plannedAccount } from '../planned-account';

const { plan, account } = plannedAccount('dev', 'support-chat');
const POLICY = 'dev_support-chat_access-1';

function violations(change: (statements: MutableStatement[]) => void): readonly Violation[] {
  return proveAccess(plan, withPolicy(account, POLICY, change)).violations;
}

function extra(Action: string | string[], Resource = '*'): readonly Violation[] {
  return violations((statements) => statements.push({ Sid: 'Extra', Effect: 'Allow', Action, Resource }));
}

test.each([
  ['bedrock:Converse', 'bedrock:Converse'],
  ['bedrock:ConverseStream', 'bedrock:ConverseStream'],
  ['bedrock:invokeModels', 'bedrock:invokeModels'],
  ['bedrock:ListInferenceProfile', 'bedrock:ListInferenceProfile'],
  ['bedrock-mantle:InvokeModel', 'bedrock-mantle:InvokeModel'],
  ['bedrock:Conv?rse*', 'bedrock:conv'],
])('%s gives nobody access, and is still a difference from the plan', (action, named) => {
  const found = extra(action);
  expect(found.map((v) => v.kind)).toEqual(['resource']);
  expect(found[0]?.message).toMatch(
    new RegExp(`^policy ${POLICY} Sid Extra allows ${named}\\w*, which is no action of IAM and so gives nobody access`),
  );
  expect(found[0]?.witness).toBeUndefined();
});

test('an action that exists is the witness of a statement that also names one that does not', () => {
  const found = extra(['bedrock:Converse', 'bedrock:ListInferenceProfiles']);
  expect(found.map((v) => [v.kind, v.witness?.action])).toEqual([['excess', 'bedrock:ListInferenceProfiles']]);
});

test.each([
  ['bedrock:invokemodel', 'bedrock:InvokeModel'],
  ['bedrock:INVOKEMODEL', 'bedrock:InvokeModel'],
  ['bedrock:listfoundationmodels', 'bedrock:ListFoundationModels'],
  ['bedrock:Delete*', 'bedrock:DeleteAgent'],
  ['dynamodb:GetItem', 'dynamodb:GetItem'],
  ['iam:createrole', 'iam:CreateRole'],
  ['sns:Set*', 'sns:SetTopicAttributes'],
])('%s is shown with the action as it is spelled', (action, spelled) => {
  const actions = extra(action).map((v) => v.witness?.action);
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter((a) => !a?.startsWith(spelled.replace(/Agent$/, '')))).toEqual([]);
});

test.each([
  [
    'a policy of models and system profiles',
    ['arn:aws:bedrock:*::foundation-model/*', 'arn:aws:bedrock:*:*:inference-profile/*'],
  ],
  ['a policy of every profile', ['arn:aws:bedrock:*:*:application-inference-profile/*']],
  ['a policy of everything', ['*']],
  ['a policy of models of one provider', ['arn:aws:bedrock:*::foundation-model/anthropic.*']],
  ['a policy of system profiles', ['arn:aws:bedrock:us-east-1:111122223333:inference-profile/*']],
])('%s in place of the planned one is shown with ARNs that exist', (_title, Resource) => {
  const found = violations((statements) => {
    const invoking = statements.filter((s) => [s.Action].flat().includes('bedrock:InvokeModel'));
    for (const statement of invoking) {
      statements.splice(statements.indexOf(statement), 1);
    }
    statements.push({
      Sid: 'Extra',
      Effect: 'Allow',
      Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
      Resource,
    });
  });
  expect(found.some((v) => v.kind === 'excess')).toBe(true);
  const arns = found
    .flatMap((v) => [v.witness?.resource ?? '', ...Object.values(v.witness?.context ?? {}).flat()])
    .filter((text) => text.startsWith('arn:'));
  expect(arns.filter((arn) => !/^arn:aws:[a-z0-9-]{2,}:/.test(arn))).toEqual([]);
  const missing = found.filter((v) => v.kind === 'missing');
  expect(missing.every((v) => v.missing?.policy.endsWith(`/${POLICY}`))).toBe(true);
});
