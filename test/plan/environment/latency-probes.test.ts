import { planLatencyProbes } from '../../../lib/plan/environment/latency-probes';
import { application, environment, testEnvironment } from '../environments';

const NOVA = { model: 'amazon.nova-lite-v1:0', routing: 'regional' };
const HAIKU = { model: 'anthropic.claude-haiku-4-5-20251001-v1:0', routing: 'us' };
const TITAN = { model: 'amazon.titan-embed-text-v2:0', routing: 'regional' };

const targets = (models: Readonly<Record<string, unknown>>, limits?: unknown): readonly string[] =>
  planLatencyProbes(
    environment(
      { chat: application({ models }), other: application({ models }) },
      limits === undefined ? {} : { limits },
    ),
  ).map((p) => `${p.routing} ${p.target}`);

test.each([
  [
    'all routings of the model from the Region are measured, whichever one the alias has',
    { main: NOVA },
    undefined,
    ['regional amazon.nova-lite-v1:0', 'us us.amazon.nova-lite-v1:0'],
  ],
  [
    'only the routings in limits.routing are measured',
    { main: { ...NOVA, routing: 'us' } },
    { routing: ['us', 'eu'] },
    ['us us.amazon.nova-lite-v1:0'],
  ],
  [
    'each chat model is measured once, with previous generations, and no embedding model is',
    { main: { ...NOVA, previous: HAIKU }, again: HAIKU, embed: TITAN },
    undefined,
    [
      'regional amazon.nova-lite-v1:0',
      'us us.amazon.nova-lite-v1:0',
      `us us.${HAIKU.model}`,
      `global global.${HAIKU.model}`,
    ],
  ],
])('%s', (_, models, limits, expected) => {
  expect(targets(models, limits)).toEqual(expected);
});

test('the routings are those of the Region of the environment (prod: eu-west-2)', () => {
  expect(new Set(planLatencyProbes(testEnvironment('prod')).map((p) => p.routing))).toEqual(
    new Set(['regional', 'eu', 'global']),
  );
});
