// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this
import { evaluate } from '../../lib/iam/evaluate/evaluate';
import { conditionVerdict, verdict } from './verdict';

const BUCKET = 'arn:aws:s3:::bucket/';
const USER = 'aws:username';

test.each([
  ['home/${aws:username}', 'home/ann', ['ann'], 'allowed'],
  ['home/${aws:username}', 'home/bob', ['ann'], 'implicitDeny'],
  ['home/${AWS:UserName}/*', 'home/ann/x', ['ann'], 'allowed'],
  ['home/${aws:username}', 'home/ann', [], 'implicitDeny'],
  ['home/${aws:username}', 'home/ann', ['ann', 'bob'], 'refused'],
  ["home/${aws:username, 'nobody'}", 'home/nobody', [], 'allowed'],
  ["home/${aws:username,'nobody'}", 'home/ann', ['ann'], 'allowed'],
  ["home/${aws:username, '*'}", 'home/ann', [], 'implicitDeny'],
  ['home/${aws:username}', 'home/ann', ['*'], 'implicitDeny'],
  ['home/${aws:username}', 'home/*', ['*'], 'allowed'],
  ['home/${aws:username}', 'home/a', ['?'], 'implicitDeny'],
  ['home/${*}', 'home/ann', [], 'implicitDeny'],
  ['home/${*}${?}${$}{}', 'home/*?${}', [], 'allowed'],
  ['home/$', 'home/$', [], 'allowed'],
])('Resource %s against %s with aws:username %j is %s', (resource, name, names, expected) => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: `${BUCKET}${resource}` };
  expect(
    verdict([statement], { action: 's3:GetObject', resource: `${BUCKET}${name}`, context: { [USER]: names } }),
  ).toBe(expected);
});

test('NotResource with a variable that has no value is refused', () => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', NotResource: `${BUCKET}\${aws:username}` };
  const ask = (context: Record<string, string[]>) =>
    verdict([statement], { action: 's3:GetObject', resource: `${BUCKET}ann`, context });
  expect([ask({}), ask({ [USER]: ['ann'] }), ask({ [USER]: ['bob'] })]).toEqual(['refused', 'implicitDeny', 'allowed']);
});

test('a colon in a value does not move the parts of a resource', () => {
  const statement = { Effect: 'Allow', Action: '*', Resource: 'arn:aws:ssm:${test:x}:parameter/a' };
  const ask = {
    resource: 'arn:aws:ssm:us-east-1:111122223333:parameter/a',
    context: { 'test:x': ['us-east-1:111122223333'] },
  };
  expect(verdict([statement], ask)).toBe('refused');
});

test.each([
  ['StringEquals', '${test:b}', { 'test:a': ['x'], 'test:b': ['x'] }, 'allowed'],
  ['StringEquals', '${test:b}', { 'test:a': ['x'], 'test:b': ['y'] }, 'implicitDeny'],
  ['StringEquals', '${test:b}', { 'test:a': ['x'] }, 'implicitDeny'],
  ['StringEqualsIgnoreCase', '${test:b}', { 'test:a': ['x'], 'test:b': ['X'] }, 'allowed'],
  ['StringNotEquals', '${test:b}', { 'test:a': ['x'], 'test:b': ['y'] }, 'allowed'],
  ['StringNotEquals', '${test:b}', { 'test:a': ['x'] }, 'allowed'],
  ['StringNotEquals', ['${test:b}', 'x'], { 'test:a': ['x'] }, 'implicitDeny'],
  ['StringNotEquals', '${test:b}', {}, 'allowed'],
  ['StringLike', '${test:b}*', { 'test:a': ['*x'], 'test:b': ['*'] }, 'allowed'],
  ['StringLike', '${test:b}*', { 'test:a': ['xx'], 'test:b': ['*'] }, 'implicitDeny'],
  ['StringLike', '${test:b}', { 'test:a': ['x'], 'test:b': ['x', 'y'] }, 'refused'],
  ['ArnEquals', '${test:b}', { 'test:a': ['arn:aws:s3:::x'], 'test:b': ['arn:aws:s3:::x'] }, 'allowed'],
  ['ArnEquals', '${test:b}', { 'test:a': ['arn:aws:s3:::x'], 'test:b': ['x'] }, 'refused'],
])('%s %j with %j is %s', (operator, value, context: Record<string, string[]>, expected) => {
  expect(conditionVerdict({ [operator]: { 'test:a': value } }, context)).toBe(expected);
});

test('without the current version a variable is literal text', () => {
  const document = {
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'test:a': '${test:b}' } } },
    ],
  };
  const ask = (value: string) =>
    evaluate(
      { identity: [{ name: 'old', document }] },
      { action: 's3:GetObject', resource: '*', context: { 'test:a': [value], 'test:b': ['x'] } },
    ).decision;
  expect([ask('x'), ask('${test:b}')]).toEqual(['implicitDeny', 'allowed']);
});
