import { planLatencyProbes } from '../../../lib/plan/environment/latency-probes';
import { application, environment, shipped } from '../environments';

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
    'all routings that the model has from the Region, whichever the alias has',
    { main: NOVA },
    undefined,
    ['regional amazon.nova-lite-v1:0', 'us us.amazon.nova-lite-v1:0'],
  ],
  [
    'those that limits.routing names',
    { main: { ...NOVA, routing: 'us' } },
    { routing: ['us', 'eu'] },
    ['us us.amazon.nova-lite-v1:0'],
  ],
  [
    'each model once, the previous generation too, and no embedding model',
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

test('what depends on the Region is that of the environment: prod is in eu-west-2', () => {
  expect(new Set(planLatencyProbes(shipped('prod')).map((p) => p.routing))).toEqual(
    new Set(['regional', 'eu', 'global']),
  );
});
