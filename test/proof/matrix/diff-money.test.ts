import { findModel, priceOf } from '../../../lib/catalog/catalog';
import type { AccessMatrix } from '../../../lib/proof/matrix/access-matrix';
import { type AliasPrice, budgetDiff, priceChanges } from '../../../lib/proof/matrix/diff-money';
import { matrix, profile } from './diff-matrices';

type Budgets = AccessMatrix['budgets'];

/** Returns a matrix in which every application has a profile, so that it exists on both sides. */
function withBudgets(budgets: Budgets): AccessMatrix {
  return matrix({ profiles: [profile(), profile({ application: 'search' })], budgets });
}

test.each<[title: string, before: Budgets, after: Budgets, expected: ReturnType<typeof budgetDiff>]>([
  ['equal budgets are no change', { chat: 5 }, { chat: 5 }, { before: 5, after: 5, changes: [], unlimited: [] }],
  [
    'a higher budget is a change',
    { chat: 500, search: 300 },
    { chat: 800, search: 300 },
    {
      before: 800,
      after: 1100,
      changes: [{ application: 'chat', before: 500, after: 800, stays: true }],
      unlimited: [],
    },
  ],
  [
    'a new budget is a change',
    {},
    { chat: 500 },
    { before: 0, after: 500, changes: [{ application: 'chat', after: 500, stays: true }], unlimited: [] },
  ],
  [
    'a removed budget is a change',
    { chat: 500 },
    {},
    { before: 500, after: 0, changes: [{ application: 'chat', before: 500, stays: true }], unlimited: [] },
  ],
  [
    'a budget of an application on one side only is a change',
    {},
    { draft: 10 },
    { before: 0, after: 10, changes: [{ application: 'draft', after: 10, stays: false }], unlimited: [] },
  ],
  [
    'sums are rounded to the cent',
    { chat: 0.1, search: 0.2 },
    { chat: 0.1, search: 0.3 },
    {
      before: 0.3,
      after: 0.4,
      changes: [{ application: 'search', before: 0.2, after: 0.3, stays: true }],
      unlimited: [],
    },
  ],
  [
    'an application may have the name of a property of JavaScript objects',
    {},
    { constructor: 1 },
    { before: 0, after: 1, changes: [{ application: 'constructor', after: 1, stays: false }], unlimited: [] },
  ],
])('%s', (_, before, after, expected) => {
  expect(budgetDiff(withBudgets(before), withBudgets(after))).toEqual(expected);
});

const LITE = 'amazon.nova-lite-v1:0';
const PRO = 'amazon.nova-pro-v1:0';
const UNKNOWN = 'acme.large-v1:0';

function served(model: string, routing = 'us'): AccessMatrix {
  return matrix({ profiles: [profile({ model, routing })] });
}

function priced(model: string, routing: 'us' | 'regional' = 'us'): AliasPrice {
  const entry = findModel(model);
  return { model, routing, price: (entry && priceOf(entry, routing, 'us-east-1')) ?? null };
}

test.each<[title: string, before: AccessMatrix, after: AccessMatrix, expected: readonly [AliasPrice, AliasPrice][]]>([
  ['the same model costs the same', served(LITE), served(LITE), []],
  ['another model has another price', served(LITE), served(PRO), [[priced(LITE), priced(PRO)]]],
  [
    'a model without a known price is unknown, never 0',
    served(LITE),
    served(UNKNOWN),
    [[priced(LITE), priced(UNKNOWN)]],
  ],
  ['the same model without a known price is no change', served(UNKNOWN), served(UNKNOWN), []],
  [
    'two models without a known price cannot be compared',
    served(UNKNOWN),
    served(`${UNKNOWN}0`),
    [[priced(UNKNOWN), priced(`${UNKNOWN}0`)]],
  ],
  [
    'an unknown routing has no price',
    served(LITE, 'constructor'),
    served(LITE),
    [[{ model: LITE, routing: 'constructor', price: null }, priced(LITE)]],
  ],
  ['a new alias has no price to compare', matrix(), served(LITE), []],
  [
    'a new generation that is cheaper and not served is no change',
    served(PRO),
    matrix({ profiles: [profile({ model: PRO }), profile({ name: 'b', model: LITE, served: false })] }),
    [],
  ],
])('%s', (_, before, after, expected) => {
  expect(priceChanges(before, after)).toEqual(
    expected.map(([old, current]) => ({
      application: 'chat',
      alias: 'main',
      comparedWith: 'alias',
      before: old,
      after: current,
    })),
  );
});

test('two models of these tests have prices, and the third has none', () => {
  expect([priced(LITE).price, priced(PRO).price].map((price) => typeof price?.input)).toEqual(['number', 'number']);
  expect(priced(UNKNOWN).price).toBeNull();
});

test.each<
  [title: string, before: AccessMatrix, after: AccessMatrix, alias: string, old: AliasPrice, current: AliasPrice]
>([
  [
    'a new generation that is dearer, served or not',
    served(LITE),
    matrix({ profiles: [profile(), profile({ name: 'b', model: PRO, served: false })] }),
    ...(['main', priced(LITE), priced(PRO)] as const),
  ],
  [
    'a new alias that is dearer',
    served(LITE),
    matrix({ profiles: [profile(), profile({ alias: 'big', name: 'b', model: PRO })] }),
    ...(['big', priced(LITE), priced(PRO)] as const),
  ],
  [
    'a new alias whose price is not known',
    served(PRO),
    matrix({ profiles: [profile({ model: PRO }), profile({ alias: 'big', name: 'b', model: UNKNOWN })] }),
    ...(['big', priced(PRO), priced(UNKNOWN)] as const),
  ],
])('%s is compared with the dearest of its application', (_, before, after, alias, old, current) => {
  expect(priceChanges(before, after)).toEqual([
    { application: 'chat', alias, comparedWith: 'dearest', before: old, after: current },
  ]);
});

test.each<[title: string, before: AccessMatrix, after: AccessMatrix]>([
  [
    'a new alias that is cheaper',
    served(PRO),
    matrix({ profiles: [profile({ model: PRO }), profile({ alias: 'b', model: LITE })] }),
  ],
  [
    'a new alias for the same model',
    served(PRO),
    matrix({ profiles: [profile({ model: PRO }), profile({ alias: 'b', model: PRO })] }),
  ],
  ['a new application', served(LITE), matrix({ profiles: [profile(), profile({ application: 'b', model: PRO })] })],
])('%s is no change of a price', (_, before, after) => {
  expect(priceChanges(before, after)).toEqual([]);
});

test('a new application without a budget is named', () => {
  const after = matrix({ profiles: [profile(), profile({ application: 'b' })], budgets: { chat: 1 } });
  expect(budgetDiff(served(LITE), after).unlimited).toEqual(['b']);
});
