import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { evaluate, type PolicyLayers } from '../../lib/iam/evaluate/evaluate';
import { type Caller, evaluateTrust } from '../../lib/iam/evaluate/evaluate-trust';
import { parseOperator } from '../../lib/iam/policy/operator';
import type { Policy } from '../../lib/iam/policy/policy';

/**
 * Cases that follow from sentences of the AWS documentation and not from this evaluator.
 *
 * `confirmed: false` marks a sentence that was quoted from memory. `refused` is expected if the documentation defines
 * no answer, if IAM would not accept the policy, or if the evaluator does not implement the documented behavior.
 */
const text = z.string().min(1);
const document = z.record(text, z.unknown());
const common = {
  title: z.string().regex(/^[A-Za-z].*[^.]$/),
  documentation: z.strictObject({
    page: text,
    url: z.url({ protocol: /^https$/, hostname: /^docs\.(?:aws\.amazon|github)\.com$/ }),
    sentence: text,
    confirmed: z.literal(false).optional(),
  }),
  expected: z.enum(['allowed', 'implicitDeny', 'explicitDeny', 'refused']),
  decidedBy: z.array(text).optional(),
};
const context = z.record(text, z.array(z.string()));

const requestCase = z.strictObject({
  ...common,
  layers: z.strictObject({
    identity: z.array(document),
    boundary: document.optional(),
    session: document.optional(),
    serviceControl: z.array(z.array(document)).optional(),
    endpoint: document.optional(),
  }),
  request: z.strictObject({ action: text, resource: text, context }),
  layer: z.enum(['identity', 'boundary', 'session', 'serviceControl', 'endpoint']).optional(),
});

const trustCase = z.strictObject({
  ...common,
  trust: document,
  caller: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('aws'), arns: z.array(text).min(1), accountId: z.string().regex(/^\d{12}$/) }),
    z.strictObject({ kind: z.literal('service'), service: text }),
    z.strictObject({ kind: z.literal('federated'), provider: text }),
  ]),
  action: text,
  context,
  through: z.enum(['principal', 'account']).optional(),
});

type Layers = z.infer<typeof requestCase>['layers'];

const DIRECTORY = join(__dirname, 'cases');
const TRUST = 'trust.json';
const read = (file: string): unknown => JSON.parse(readFileSync(join(DIRECTORY, file), 'utf8'));

const themes = readdirSync(DIRECTORY).filter((file) => file !== TRUST);
const requestCases = themes.flatMap((file) => z.array(requestCase).min(1).parse(read(file)));
const trustCases = z.array(trustCase).min(1).parse(read(TRUST));
const cases = [...requestCases, ...trustCases];

function policies(documents: readonly unknown[], name: string): readonly Policy[] {
  return documents.map((document, index) => ({ name: `${name}:${index}`, document }));
}

function policyLayers({ identity, boundary, session, serviceControl, endpoint }: Layers): PolicyLayers {
  return {
    identity: policies(identity, 'identity'),
    ...(boundary === undefined ? {} : { boundary: { name: 'boundary', document: boundary } }),
    ...(session === undefined ? {} : { session: { name: 'session', document: session } }),
    ...(serviceControl === undefined
      ? {}
      : { serviceControl: serviceControl.map((level, index) => policies(level, `level:${index}`)) }),
    ...(endpoint === undefined ? {} : { endpoint: { name: 'endpoint', document: endpoint } }),
  };
}

/** Lists the condition operators in the policies of a case, as written. */
function operatorsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'Condition' ? Object.keys(z.record(text, z.unknown()).parse(inner)) : operatorsIn(inner),
  );
}

test.each(requestCases.map((one) => [one.title, one] as const))('%s', (_title, one) => {
  const { decision, layer, decidedBy } = evaluate(policyLayers(one.layers), one.request);
  expect(decision).toBe(one.expected);
  expect(layer).toBe(one.layer ?? layer);
  expect(decidedBy.map(({ sid }) => sid)).toEqual(one.decidedBy ?? expect.anything());
});

test.each(trustCases.map((one) => [one.title, one] as const))('%s', (_title, one) => {
  const caller: Caller = one.caller;
  const trust = { name: 'trust', document: one.trust };
  const { decision, decidedBy, through } = evaluateTrust(trust, caller, one.action, one.context);
  expect(decision).toBe(one.expected);
  expect(through).toBe(one.through ?? through);
  expect(decidedBy.map(({ sid }) => sid)).toEqual(one.decidedBy ?? expect.anything());
});

test('there are at least 150 cases, and no two have the same title', () => {
  expect(cases.length).toBeGreaterThanOrEqual(150);
  expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
});

test('request cases and trust cases expect every decision', () => {
  const decisions = ['allowed', 'explicitDeny', 'implicitDeny', 'refused'];
  expect([...new Set(requestCases.map(({ expected }) => expected))].sort()).toEqual(decisions);
  expect([...new Set(trustCases.map(({ expected }) => expected))].sort()).toEqual(decisions);
});

test.each(['identity', 'boundary', 'session', 'serviceControl', 'endpoint'] as const)(
  'the layer %s denies in one case and allows in another',
  (layer) => {
    const withLayer = requestCases.filter(({ layers }) => layers[layer] !== undefined);
    expect(withLayer.map((one) => one.layer)).toContain(layer);
    expect(withLayer.map(({ expected }) => expected)).toContain('allowed');
  },
);

/** IAM User Guide, "IAM JSON policy elements: Condition operators". */
const DOCUMENTED = [
  ...['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
  ...['StringLike', 'StringNotLike', 'ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'Bool', 'Null'],
  ...['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals'],
  ...['NumericGreaterThan', 'NumericGreaterThanEquals', 'DateEquals', 'DateNotEquals', 'DateLessThan'],
  ...['DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals', 'BinaryEquals', 'IpAddress', 'NotIpAddress'],
];

describe.each(DOCUMENTED)('the condition operator %s', (operator) => {
  const used = new Set(cases.flatMap(operatorsIn));
  const forms = [operator, `${operator}IfExists`, `ForAllValues:${operator}`, `ForAnyValue:${operator}`];

  test('occurs in a case, in every form that the evaluator implements', () => {
    expect(used).toContain(operator);
    expect(forms.filter((form) => parseOperator(form) !== undefined && !used.has(form))).toEqual([]);
  });

  test('is expected to be refused exactly if the evaluator does not implement it', () => {
    const withOperator = cases.filter((one) => operatorsIn(one).includes(operator));
    expect(withOperator.every(({ expected }) => expected === 'refused')).toBe(parseOperator(operator) === undefined);
  });
});
