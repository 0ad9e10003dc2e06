import { checkFurtherPolicies } from '../../../lib/config/principals/further-policies';

const OURS = { account: '111122223333', region: 'us-east-1', generations: 1 };
const check = (policies: unknown, changes: Partial<typeof OURS> = {}) =>
  checkFurtherPolicies(['p'], { service: 'lambda.amazonaws.com', policies }, { ...OURS, ...changes });
const many = (count: number) => Array.from({ length: count }, (_, i) => `arn:aws:iam::111122223333:policy/orders-${i}`);

test.each([
  ['a policy of AWS', ['arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole']],
  ['a policy of this account with a path', ['arn:aws:iam::111122223333:policy/teams/orders/read-orders']],
  ['a name with every character that IAM allows', ['arn:aws:iam::111122223333:policy/a+=,.@-_z']],
  ['as many as fit', many(7)],
])('%s is accepted', (_, policies) => {
  expect(check(policies)).toEqual([]);
});

test.each([
  [1, 7],
  [3, 7],
  [4, 6],
  [21, 1],
])('with %i generations, %i policies fit beside the own ones', (generations, room) => {
  expect(check(many(room), { generations })).toEqual([]);
  expect(check(many(room + 1), { generations })).toHaveLength(1);
});

test('where the own policies fill the role, the application has to be split', () => {
  expect(check(many(1), { generations: 30 }).map(({ message }) => message)).toEqual([
    "1 policies do not fit on the role; IAM allows 10, and up to 10 are this project's own, so split the application",
  ]);
});

test.each(['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess', 'job-function/SystemAdministrator'])(
  'the policy %s of AWS is a warning',
  (name) => {
    expect(check([`arn:aws:iam::aws:policy/${name}`]).map(({ severity }) => severity)).toEqual(['warning']);
    expect(check([`arn:aws:iam::111122223333:policy/${name}`])).toEqual([]);
  },
);

test('a policy of China is accepted there alone', () => {
  const policies = ['arn:aws-cn:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole'];
  expect(check(policies, { region: 'cn-north-1' })).toEqual([]);
  expect(check(policies)).toHaveLength(1);
});

test.each([
  [24, []],
  [
    25,
    [
      'the policy for logs does not fit on the role beside those of 25 models; split the application, or remove the key',
    ],
  ],
])('beside the policies of %i generations, there is room for logs or a message', (generations, messages) => {
  const principal = { service: 'lambda.amazonaws.com', logs: true };
  expect(checkFurtherPolicies(['p'], principal, { ...OURS, generations }).map(({ message }) => message)).toEqual(
    messages,
  );
});
