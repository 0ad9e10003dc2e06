import { checkDenials } from '../../../lib/config/checks/check-denials';
import { checkTagActivation } from '../../../lib/config/checks/check-tag-activation';

const application = (principals: readonly object[], atLimit?: string) => ({
  principals,
  budget: { monthlyUsd: 5, ...(atLimit !== undefined && { atLimit }) },
});
const shared = [{ service: 'lambda.amazonaws.com' }, { role: 'arn:aws:iam::111122223333:role/team/shared-api' }];
const many = (count: number, atLimit?: string) =>
  Array.from({ length: count }, (_, i) => [`app-${i}`, application(shared, atLimit)] as const);

test('a role of five applications can also have their five denials', () => {
  expect(checkDenials(many(5, 'deny'))).toEqual([]);
});

test('a role that would have an eleventh policy is reported at each application that is denied', () => {
  const problems = checkDenials([...many(5, 'deny'), ['notified', application([{ role: 'shared-api' }])]]);
  expect(problems.map(({ path, severity }) => [path, severity])).toEqual(
    Array.from({ length: 5 }, (_, i) => [['applications', `app-${i}`, 'principals', 1], 'warning']),
  );
  expect(problems[0]?.message).toBe(
    "'role shared-api' is listed in so many applications that it has at least 11 managed policies while they are denied, but IAM allows 10 unless AWS raised the quota, so a denial could not be attached; give this application its own role",
  );
});

test('without a denial there is no warning', () => {
  expect(checkDenials(many(20))).toEqual([]);
  expect(checkDenials(many(20, 'notify'))).toEqual([]);
});

test.each([
  [100, 'service', []],
  [101, 'service', ['101 roles']],
  [100, 'user', []],
  [101, 'user', ['101 users']],
])('%i principals of the kind %s are reported if a budget action cannot deny them', (count, kind, tooMany) => {
  const principals = Array.from({ length: count }, (_, i) => ({ [kind]: `p${i}` }));
  const messages = checkDenials([['shop', application(principals, 'deny')]]).map(({ message }) => message);
  expect(messages).toEqual(
    tooMany.map(
      (excess) =>
        `the application has ${excess}, but a budget action denies at most 100; let some share a role, or write 'notify'`,
    ),
  );
});

test('values of the wrong shape are not checked', () => {
  expect(
    checkDenials([
      ['a', { principals: 'all', budget: { atLimit: 'deny' } }],
      ['b', { principals: [null, 1, { role: 5 }], budget: { atLimit: 'deny' } }],
      ['c', {}],
    ]),
  ).toEqual([]);
});

const deny = { budget: { monthlyUsd: 5, atLimit: 'deny' } };
const AT_LIMIT = ['applications', 'a', 'budget', 'atLimit'];

test.each<[string, object, Record<string, object>, readonly (string | number)[] | undefined]>([
  ['the default, at the first denial', {}, { a: deny, b: deny }, AT_LIMIT],
  ['leave, at the setting', { costAllocationTags: 'leave' }, { a: deny }, ['costAllocationTags']],
  ['a denial with a daily limit', {}, { a: { ...deny, alarms: { dailyUsd: 1 } } }, AT_LIMIT],
  ['a denial beside a notification', {}, { n: { budget: { atLimit: 'notify' } }, a: deny }, AT_LIMIT],
  ['an unknown setting, which another check reports', { costAllocationTags: 'on' }, { a: deny }, undefined],
  ['active', { costAllocationTags: 'active' }, { a: deny }, undefined],
  ['activate', { costAllocationTags: 'activate' }, { a: deny }, undefined],
  ['no denial', {}, { a: { budget: { monthlyUsd: 5 } }, b: {} }, undefined],
  ['a budget that is a text', {}, { a: { budget: 'deny' } }, undefined],
])('unseen activation: %s', (_, environment, applications, path) => {
  const problems = checkTagActivation({ name: 'dev', ...environment }, Object.entries(applications) as never);
  expect(problems.map((problem) => [problem.path, problem.severity])).toEqual(
    path === undefined ? [] : [[path, 'warning']],
  );
});

test('a warning about unseen activation names the applications and the steps', () => {
  const applications = Array.from({ length: 12 }, (_, i) => [`a${i}`, deny] as const);
  expect(checkTagActivation({ name: 'dev' }, applications as never)[0]?.message).toBe(
    'nobody has seen that the cost allocation tag BedrockAccess is active; until it is, the budgets of a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, and 2 more show $0 and deny nobody; run npx bedrock-access costs dev, and once it sees the tag, write costAllocationTags: active (or activate, in the account that pays)',
  );
});
