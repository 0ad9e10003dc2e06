import { findModel, MODEL_IDS, routingsFrom } from '../../../lib/catalog/catalog';
import type { FoundationModel, Price } from '../../../lib/catalog/foundation-model';
import { lifecycleOn } from '../../../lib/catalog/lifecycle';
import { PROFILE_REGIONS } from '../../../lib/catalog/region';
import { unpricedTokens } from '../../../lib/catalog/unpriced-tokens';
import { checkPrices } from '../../../lib/config/checks/check-prices';
import { TODAY } from '../problem-text';

const models = MODEL_IDS.flatMap((id) => findModel(id) ?? []).filter(({ runtime }) => runtime);
const combinations = PROFILE_REGIONS.flatMap((region) =>
  models
    .filter((model) => lifecycleOn(model, TODAY).stage !== 'retired')
    .flatMap((model) => routingsFrom(model, region).map((routing) => ({ model, routing, region }))),
);
const [daily, deny] = [{ alarms: { dailyUsd: 10 } }, { budget: { monthlyUsd: 100, atLimit: 'deny' } }];

const problemsWith = (limits: object, { model, routing, region }: (typeof combinations)[number]) =>
  checkPrices(
    ['applications', 'shop'],
    { ...limits, models: { main: { model: model.modelId, routing } } },
    {
      today: TODAY,
      region,
    },
  );

test('every combination of model, routing and Region without a price is refused with a limit, and no other one', () => {
  const unpriced = combinations.filter(
    ({ model, routing, region }) => unpricedTokens(model, routing, region).length > 0,
  );
  expect(unpriced.length).toBeGreaterThan(10);
  for (const limits of [daily, deny, { ...daily, ...deny }]) {
    expect(combinations.filter((one) => problemsWith(limits, one).length > 0)).toEqual(unpriced);
  }
});

test('without a limit no price is needed', () => {
  for (const limits of [{}, { budget: { monthlyUsd: 100 } }, { alarms: { errorRatePercent: 1 } }]) {
    expect(combinations.flatMap((one) => problemsWith(limits, one))).toEqual([]);
  }
});

test('a model that a message names has a price with that routing', () => {
  const named = combinations.flatMap((one) =>
    problemsWith(daily, one).flatMap(({ message }) =>
      [...message.matchAll(/(\S+) \(routing (\w+)\)/g)].map(([, id = '', routing = '']) => ({ one, id, routing })),
    ),
  );
  expect(named.length).toBeGreaterThan(10);
  for (const { one, id, routing } of named) {
    expect(problemsWith(daily, { ...one, model: findModel(id) as FoundationModel, routing: routing as never })).toEqual(
      [],
    );
  }
});

const priced = (kind: 'chat' | 'embedding', caches: boolean, base?: Partial<Price>) =>
  ({
    modelId: 'acme.one',
    kind,
    ...(caches && { abilities: ['promptCaching'] }),
    prices: { ...(base !== undefined && { base }), routing: {}, region: {} },
  }) as unknown as FoundationModel;

test.each<[string, FoundationModel, readonly string[]]>([
  ['a chat model without prices', priced('chat', false), ['input', 'output']],
  ['a chat model whose answers have no price', priced('chat', false, { input: 1 }), ['output']],
  ['a chat model whose prompts have no price', priced('chat', false, { output: 1 }), ['input']],
  ['an embedding model with a price of its input', priced('embedding', false, { input: 1 }), []],
  ['an embedding model without prices', priced('embedding', false), ['input']],
  ['a model whose cache has no prices', priced('chat', true, { input: 1, output: 1 }), []],
  ['a model without a cache', priced('chat', false, { input: 1, output: 1 }), []],
])('%s', (_, model, unpriced) => {
  expect(unpricedTokens(model, 'regional', 'us-east-1')).toEqual(unpriced);
});

test.each([
  ['a map of aliases that is a list', { models: ['main'] }],
  ['an alias that is a text', { models: { main: 'amazon.nova-lite-v1:0' } }],
  ['a model that is a number', { models: { main: { model: 5, routing: 'ca' } } }],
  ['a routing that does not exist', { models: { main: { model: 'amazon.nova-lite-v1:0', routing: 'mars' } } }],
  ['no models', {}],
])('%s is left to the other checks', (_, application) => {
  const context = { today: TODAY, region: 'ca-central-1' };
  expect(checkPrices(['applications', 'shop'], { ...daily, ...application }, context)).toEqual([]);
});
