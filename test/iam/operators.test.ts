import { conditionVerdict } from './verdict';

const KEY = 'test:Key';
const ROLE = 'arn:aws:iam::111122223333:role/app';
const OTHER_ROLE = 'arn:aws:iam::111122223333:role/other';

/**
 * Operator, value in the policy, request value that is equal to it, request value that is not, sign of the operator.
 */
const OPERATORS = [
  ['StringEquals', 'a', 'a', 'b', 'positive'],
  ['StringNotEquals', 'a', 'a', 'b', 'negated'],
  ['StringEqualsIgnoreCase', 'a', 'A', 'B', 'positive'],
  ['StringNotEqualsIgnoreCase', 'a', 'A', 'B', 'negated'],
  ['StringLike', 'a*', 'abc', 'bc', 'positive'],
  ['StringNotLike', 'a*', 'abc', 'bc', 'negated'],
  ['ArnEquals', ROLE, ROLE, OTHER_ROLE, 'positive'],
  ['ArnLike', ROLE, ROLE, OTHER_ROLE, 'positive'],
  ['ArnNotEquals', ROLE, ROLE, OTHER_ROLE, 'negated'],
  ['ArnNotLike', ROLE, ROLE, OTHER_ROLE, 'negated'],
  ['Bool', 'true', 'TRUE', 'false', 'positive'],
] as const;

const T = 'allowed';
const F = 'implicitDeny';
const R = 'refused';

/** Prefix, suffix, and the answers for an absent key, an equal value, another value, and both values. */
const FORMS = [
  ['', '', { positive: [F, T, F, R], negated: [T, F, T, R] }],
  ['', 'IfExists', { positive: [T, T, F, R], negated: [T, F, T, R] }],
  ['ForAllValues:', '', { positive: [T, T, F, F], negated: [T, F, T, F] }],
  ['ForAllValues:', 'IfExists', { positive: [T, T, F, F], negated: [T, F, T, F] }],
  ['ForAnyValue:', '', { positive: [F, T, F, T], negated: [F, F, T, T] }],
  ['ForAnyValue:', 'IfExists', { positive: [R, T, F, T], negated: [R, F, T, T] }],
] as const;

const cases = FORMS.flatMap(([prefix, suffix, answers]) =>
  OPERATORS.map(([operator, value, equal, other, sign]) => ({
    operator: `${prefix}${operator}${suffix}`,
    value,
    equal,
    other,
    expected: answers[sign],
  })),
);

test.each(cases)('$operator judges an absent, an equal, another and two values', ({ operator, value, ...row }) => {
  const { equal, other, expected } = row;
  const contexts = [{}, { [KEY]: [equal] }, { [KEY]: [other] }, { [KEY]: [equal, other] }];
  expect(contexts.map((context) => conditionVerdict({ [operator]: { [KEY]: value } }, context))).toEqual(expected);
});

test.each(cases)('$operator treats a key without values as absent', ({ operator, value, expected }) => {
  expect(conditionVerdict({ [operator]: { [KEY]: value } }, { [KEY]: [] })).toBe(expected[0]);
});

test.each([
  ['true', [T, F, T, F]],
  ['false', [F, T, F, T]],
  [true, [T, F, T, F]],
  ['FALSE', [F, T, F, T]],
  [
    ['true', 'false'],
    [T, T, T, T],
  ],
])('Null %j tests whether the key is absent', (value, expected) => {
  const contexts = [{}, { [KEY]: ['a'] }, { [KEY]: [] }, { [KEY]: ['a', 'b'] }];
  expect(contexts.map((context) => conditionVerdict({ Null: { [KEY]: value } }, context))).toEqual(expected);
});

test.each([
  ['StringEquals', 'a*', 'ab', F],
  ['StringEquals', 'a*', 'a*', T],
  ['StringEquals', '', '', T],
  ['StringEquals', 'A', 'a', F],
  ['StringEquals', ['a', 'b'], 'b', T],
  ['StringEquals', 7, '7', T],
  ['StringEquals', true, 'true', T],
  ['StringNotEquals', ['a', 'b'], 'b', F],
  ['StringNotEquals', ['a', 'b'], 'c', T],
  ['StringEqualsIgnoreCase', 'a*', 'AB', F],
  // U+212A, the Kelvin sign, becomes an ASCII k in Unicode's lower case.
  ['StringEqualsIgnoreCase', '\u212aey', 'key', R],
  ['StringLike', 'A*', 'ab', F],
  ['StringLike', 'a?c', 'abc', T],
  ['StringLike', ['x', 'b*'], 'bc', T],
  ['StringNotLike', ['x', 'b*'], 'bc', F],
  ['ArnEquals', 'arn:aws:iam::111122223333:role/*', ROLE, T],
  ['ArnLike', 'arn:aws:iam::*:role/app', ROLE, T],
  ['ArnLike', 'arn:aws:iam::*:role/app', 'arn:aws:iam::1:2:role/app', F],
  ['ArnLike', 'arn:aws:iam::*', ROLE, R],
  ['ArnLike', 'arn:*:*:*:*:*', ROLE, T],
  ['ArnLike', 'arn:*:*:*:*:*', 'arn:aws:s3:::a:b:c', T],
  ['ArnLike', ROLE, 'app', F],
  ['ArnNotLike', ROLE, 'app', R],
  ['ArnNotEquals', ROLE, 'app', R],
  ['ArnNotEqualsIfExists', ROLE, 'app', R],
  ['Bool', false, 'False', T],
  ['Bool', 'false', 'no', F],
])('%s %j against %j gives %s', (operator, value, text, expected) => {
  expect(conditionVerdict({ [operator]: { [KEY]: value } }, { [KEY]: [text] })).toBe(expected);
});

test.each([
  ['every operator must be met', { StringEquals: { a: '1' }, StringLike: { b: '2*' } }, [T, F, F]],
  ['every key must be met', { StringEquals: { a: '1', b: '2' } }, [T, F, F]],
  ['an empty block restricts nothing', {}, [T, T, T]],
])('%s', (_title, condition, expected) => {
  const contexts = [{ a: ['1'], b: ['2'] }, { a: ['1'], b: ['3'] }, { a: ['1'] }];
  expect(contexts.map((context) => conditionVerdict(condition, context))).toEqual(expected);
});

test('condition keys are case-insensitive, and two spellings in the request are one key', () => {
  const condition = { StringEquals: { 'AWS:PrincipalTag/Team': 'x' } };
  expect(conditionVerdict(condition, { 'aws:principaltag/team': ['x'] })).toBe(T);
  expect(conditionVerdict(condition, { 'aws:principaltag/team': ['x'], 'aws:PrincipalTag/Team': ['y'] })).toBe(R);
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is an ordinary condition key', (key) => {
  const condition: unknown = JSON.parse(`{"StringEquals": {"${key}": "a"}}`);
  const absent: unknown = JSON.parse(`{"Null": {"${key}": "true"}}`);
  const context = JSON.parse(`{"${key}": ["a"]}`);
  expect([condition, absent].map((c) => [conditionVerdict(c, context), conditionVerdict(c, {})])).toEqual([
    [T, F],
    [F, T],
  ]);
});

test('an undecidable value does not matter if another value or key decides', () => {
  const met = { ArnNotLike: { [KEY]: ROLE }, StringEquals: { a: '1' } };
  expect(conditionVerdict(met, { [KEY]: ['app'], a: ['2'] })).toBe(F);
  expect(conditionVerdict(met, { [KEY]: ['app'], a: ['1'] })).toBe(R);
});
