import {
  CATALOG_DATE,
  closestModelIds,
  destinationRegions,
  findModel,
  MODEL_IDS,
  priceOf,
  REGIONS,
  routingsFrom,
} from '../../lib/catalog/catalog';
import type { FoundationModel } from '../../lib/catalog/foundation-model';
import { foundationModelArn } from '../../lib/catalog/foundation-model-arn';
import { PROFILE_REGIONS, partitionOf } from '../../lib/catalog/region';
import { ROUTINGS } from '../../lib/catalog/routing';
import { nearest } from '../../lib/spelling/nearest';

const SONNET = 'anthropic.claude-sonnet-4-6';
const HAIKU = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const MAVERICK = 'meta.llama4-maverick-17b-instruct-v1:0';

function model(modelId: string): FoundationModel {
  const entry = findModel(modelId);
  if (entry === undefined) {
    throw new Error(`${modelId} is not in the catalog`);
  }
  return entry;
}
const all = MODEL_IDS.map(model);

/** Routings with their destinations, by model and source Region (ListInferenceProfiles, 2026-10-27). */
const DESTINATIONS: readonly (readonly [
  modelId: string,
  region: string,
  Readonly<Record<string, readonly string[]>>,
])[] = [
  [SONNET, 'us-east-1', { us: ['us-east-1', 'us-east-2', 'us-west-2'], global: ['', 'us-east-1'] }],
  [SONNET, 'us-west-1', { us: ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'], global: ['', 'us-west-1'] }],
  [
    SONNET,
    'eu-west-2',
    {
      regional: ['eu-west-2'],
      eu: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
      global: ['', 'eu-west-2'],
    },
  ],
  [SONNET, 'ap-northeast-1', { jp: ['ap-northeast-1', 'ap-northeast-3'], global: ['', 'ap-northeast-1'] }],
  [HAIKU, 'ap-southeast-2', { au: ['ap-southeast-2', 'ap-southeast-4'], global: ['', 'ap-southeast-2'] }],
  ['amazon.nova-lite-v1:0', 'us-east-1', { regional: ['us-east-1'], us: ['us-east-1', 'us-east-2', 'us-west-2'] }],
  ['amazon.nova-lite-v1:0', 'ca-central-1', { ca: ['ca-central-1', 'ca-west-1'] }],
  [
    'amazon.nova-pro-v1:0',
    'ap-northeast-1',
    {
      apac: ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
    },
  ],
  [MAVERICK, 'us-west-1', { us: ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'] }],
  [MAVERICK, 'eu-west-2', {}],
  ['amazon.titan-embed-text-v2:0', 'eu-west-2', { regional: ['eu-west-2'] }],
  ['mistral.pixtral-large-2502-v1:0', 'eu-west-2', {}],
  ['openai.gpt-oss-120b', 'us-east-1', {}],
];

test.each(DESTINATIONS)('%s from %s', (modelId, region, expected) => {
  const routings = routingsFrom(model(modelId), region);
  expect(Object.fromEntries(routings.map((r) => [r, destinationRegions(model(modelId), r, region)]))).toEqual(expected);
});

test('every destination is a Region of the catalog, and the source Region is always a destination', () => {
  const wrong = all.flatMap((m) =>
    REGIONS.flatMap((region) =>
      routingsFrom(m, region).flatMap((routing) => {
        const destinations = destinationRegions(m, routing, region);
        const known = destinations.every((d) => REGIONS.includes(d) || (d === '' && routing === 'global'));
        const sorted = JSON.stringify([...new Set(destinations)].sort()) === JSON.stringify(destinations);
        return known && sorted && destinations.includes(region)
          ? []
          : [`${m.modelId} ${routing} ${region}: ${destinations}`];
      }),
    ),
  );
  expect(wrong).toEqual([]);
});

test('a call that is routed to another Region stays in its geography', () => {
  const prefixes: Readonly<Record<string, RegExp>> = {
    us: /^(us|ca)-/,
    eu: /^eu-/,
    apac: /^ap-/,
    jp: /^ap-northeast-[13]$/,
    au: /^ap-southeast-[246]$/,
    ca: /^ca-/,
    in: /^ap-south-[12]$/,
  };
  const strays = all.flatMap((m) =>
    REGIONS.flatMap((region) =>
      routingsFrom(m, region)
        .filter((routing) => routing in prefixes)
        .flatMap((routing) =>
          destinationRegions(m, routing, region)
            .filter((d) => d !== region && prefixes[routing]?.test(d) !== true)
            .map((d) => `${m.modelId} ${routing} ${region} ${d}`),
        ),
    ),
  );
  expect(strays).toEqual([]);
});

test('every Region has the form of a Region code and is in the commercial partition', () => {
  expect(
    [...REGIONS, ...PROFILE_REGIONS].filter((r) => !/^[a-z]{2}-[a-z]+-\d$/.test(r) || partitionOf(r) !== 'aws'),
  ).toEqual([]);
  expect(PROFILE_REGIONS.length).toBe(19);
});

test.each([
  ['us-gov-west-1', 'aws-us-gov'],
  ['cn-north-1', 'aws-cn'],
  ['us-east-1', 'aws'],
])('%s is in the partition %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});

/** US dollars per 1,000,000 tokens: input, output. */
const PRICES: readonly (readonly [modelId: string, routing: (typeof ROUTINGS)[number], region: string, unknown])[] = [
  [SONNET, 'us', 'us-east-1', { input: 3.3, output: 16.5, cacheRead: 0.33, cacheWrite5m: 4.125, cacheWrite1h: 6.6 }],
  [SONNET, 'global', 'us-east-1', { input: 3, output: 15, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6 }],
  [SONNET, 'regional', 'eu-west-2', { input: 3, output: 15, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6 }],
  ['amazon.nova-pro-v1:0', 'apac', 'ap-northeast-1', { input: 0.84, output: 3.36, cacheRead: 0.21 }],
  ['amazon.nova-pro-v1:0', 'regional', 'us-east-1', { input: 0.8, output: 3.2, cacheRead: 0.2 }],
  ['amazon.titan-embed-text-v2:0', 'regional', 'eu-west-2', { input: 0.02 }],
  ['amazon.titan-embed-text-v2:0', 'regional', 'us-gov-west-1', { input: 0.11 }],
];

test.each(PRICES)('the price of %s, routed %s from %s', (modelId, routing, region, price) => {
  expect(priceOf(model(modelId), routing, region)).toEqual(price);
});

test('every price is a positive number, and an unknown price is absent', () => {
  const wrong = all.flatMap((m) =>
    REGIONS.flatMap((region) =>
      ROUTINGS.flatMap((routing) =>
        Object.entries(priceOf(m, routing, region) ?? { input: 1 })
          .filter(([, usd]) => typeof usd !== 'number' || !Number.isFinite(usd) || usd <= 0)
          .map(([part, usd]) => `${m.modelId} ${routing} ${region} ${part}: ${usd}`),
      ),
    ),
  );
  expect(wrong).toEqual([]);
});

test('a model without prices has none, not 0', () => {
  const priceless = all.filter(
    (m) => Object.keys({ ...m.prices.base, ...m.prices.routing, ...m.prices.region }).length === 0,
  );
  expect(priceless.length).toBeGreaterThan(0);
  expect(
    priceless
      .flatMap((m) => ROUTINGS.map((routing) => priceOf(m, routing, 'us-east-1')))
      .filter((p) => p !== undefined),
  ).toEqual([]);
});

test('model ids are sorted and unique, and each one finds its model', () => {
  expect([...new Set(MODEL_IDS)].sort()).toEqual([...MODEL_IDS]);
  expect(all.map((m) => m.modelId)).toEqual([...MODEL_IDS]);
  expect(CATALOG_DATE).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test.each(['', 'constructor', '__proto__', 'us.anthropic.claude-sonnet-4-6', 'Anthropic.claude-sonnet-4-6'])(
  'there is no model %j',
  (modelId) => {
    expect(findModel(modelId)).toBeUndefined();
  },
);

test.each([
  ['anthropic.claude-sonet-4-6', [SONNET, 'anthropic.claude-sonnet-5-5', 'anthropic.claude-sonnet-5']],
  ['amazon.nova-lite', ['amazon.nova-lite-v1:0']],
  ['ANTHROPIC.CLAUDE-OPUS-5', ['anthropic.claude-opus-5', 'anthropic.claude-opus-5-5', 'anthropic.claude-opus-4-7']],
  ['acme.large', []],
  ['', []],
])('the model ids similar to %j', (written, closest) => {
  expect(closestModelIds(written)).toEqual(closest);
});

test.each([
  ['modle', ['model', 'routing'], ['model']],
  ['MODEL', ['model', 'routing'], ['model']],
  ['x', ['id', 'version'], []],
  ['to', ['id', 'version'], []],
  ['ie', ['id', 'version'], ['id']],
  ['', ['id'], []],
])('the words nearest to %j in %j are %j', (word, candidates, meant) => {
  expect(nearest(word, candidates)).toEqual(meant);
});

test('the ARN of a foundation model has no account and, for global routing, no Region', () => {
  expect(foundationModelArn('aws', 'us-east-1', SONNET)).toBe(`arn:aws:bedrock:us-east-1::foundation-model/${SONNET}`);
  expect(foundationModelArn('aws', '', SONNET)).toBe(`arn:aws:bedrock:::foundation-model/${SONNET}`);
});
