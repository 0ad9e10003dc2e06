import type { Account } from '../../../lib/account/account';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { proofLines } from '../../../lib/report/proof/proof-lines';
import { limitedAccount, limitedPlan as plan } from './limited-account';

const DENIAL = 'arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_shop_limit';
const plain = { tone: (_: string, text: string): string => text };

test('templates with limits are proven, also for each application at its limit, and one line says so', () => {
  const proof = proveAccess(plan, limitedAccount());
  expect(proof.violations).toEqual([]);
  expect(proof.coverage).toMatchObject({ denials: 2, plannedDenials: 2 });
  expect(proofLines({ proof, file: 'dev.yaml' }, plain)).toContain(
    '  2 of 2 applications with a limit: at the limit, calls through their own profiles are denied and all other calls stay as before',
  );
});

test('a template that attaches the denial fails the proof', () => {
  const account = limitedAccount();
  const denial = account.unattached.filter(({ name }) => name === DENIAL);
  const attached: Account = {
    ...account,
    unattached: account.unattached.filter((p) => !denial.includes(p)),
    principals: account.principals.map((p) =>
      p.name === 'dev_shop_lambda' ? { ...p, policies: [...p.policies, ...denial] } : p,
    ),
  };
  expect(proveAccess(plan, attached).violations.map(({ kind, message }) => [kind, message])).toContainEqual([
    'resource',
    `the templates attach ${DENIAL}, which may only be attached while shop is over its limit`,
  ]);
});

test('templates without the denial fail the proof', () => {
  const account = limitedAccount();
  const { violations, coverage } = proveAccess(plan, {
    ...account,
    unattached: account.unattached.filter(({ name }) => name !== DENIAL),
    managedPolicies: account.managedPolicies.filter((arn) => arn !== DENIAL),
  });
  expect(violations.map(({ kind, message }) => [kind, message])).toEqual([
    ['resource', `the templates have no policy ${DENIAL}, which denies shop its profiles at its limit`],
  ]);
  expect(coverage).toMatchObject({ denials: 1, plannedDenials: 2 });
});

test('a principal that keeps access without the policies of an application fails the proof', () => {
  const account = limitedAccount();
  const [profile = ''] = account.profiles.filter((p) => p.name.startsWith('dev_shop_main')).map((p) => p.arn);
  const extra = { Sid: 'Extra', Effect: 'Allow', Action: ['bedrock:InvokeModel'], Resource: [profile] };
  const wider: Account = {
    ...account,
    principals: account.principals.map((p) =>
      p.name === 'shared-api'
        ? {
            ...p,
            policies: p.policies.map((policy) => {
              const { Statement } = policy.document as { readonly Statement: readonly object[] };
              return policy.name.endsWith('dev_search_access-1')
                ? { ...policy, document: { Version: '2012-10-17', Statement: [...Statement, extra] } }
                : policy;
            }),
          }
        : p,
    ),
  };
  const { violations } = proveAccess(plan, wider);
  expect(violations.map(({ kind, message }) => [kind, message])).toEqual([
    [
      'excess',
      'shop at its limit: role shared-api may bedrock:InvokeModel on the profile dev_shop_main_claude-sonnet-4-6_9289f6; allowed by policy dev_search_access-1 Sid Extra; the environment file does not ask for this',
    ],
  ]);
});

interface TriggerCase {
  readonly title: string;
  readonly type: string;
  /** Properties to change; `undefined` removes one. */
  readonly set: Readonly<Record<string, unknown>>;
}

test.each<TriggerCase>([
  {
    title: 'alarms of any account may call the function',
    type: 'AWS::Lambda::Permission',
    set: { SourceAccount: undefined },
  },
  { title: 'any alarm may call the function', type: 'AWS::Lambda::Permission', set: { SourceArn: undefined } },
  { title: 'the alarm calls no function', type: 'AWS::CloudWatch::Alarm', set: { AlarmActions: ['arn:x'] } },
  { title: 'the alarm is switched off', type: 'AWS::CloudWatch::Alarm', set: { ActionsEnabled: false } },
  { title: 'the alarm has a higher threshold', type: 'AWS::CloudWatch::Alarm', set: { Threshold: 4000 } },
  {
    title: 'the budget action waits for an approval',
    type: 'AWS::Budgets::BudgetsAction',
    set: { ApprovalModel: 'MANUAL' },
  },
  {
    title: 'the denial leaves a principal out',
    type: 'Custom::BedrockAccessDenial',
    set: { Roles: ['dev_shop_lambda'] },
  },
  { title: 'another function is called', type: 'Custom::BedrockAccessDenial', set: { ServiceToken: 'arn:x' } },
])('the proof of a limit fails if $title', ({ type, set }) => {
  const account = limitedAccount();
  const one = type === 'AWS::Lambda::Permission' ? 'dev_*_daily-usd' : 'shop';
  const wrong = account.wholeResources.find((t) => t.type === type && JSON.stringify(t).includes(one));
  const { violations } = proveAccess(plan, {
    ...account,
    wholeResources: account.wholeResources.map((t) =>
      t === wrong ? { ...t, properties: { ...t.properties, ...set } } : t,
    ),
  });
  expect(violations.map(({ kind, message }) => [kind, message.includes(type)])).toEqual([
    ['resource', true],
    ['resource', true],
  ]);
});
