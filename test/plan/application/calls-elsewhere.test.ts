import { DEFAULT_REGIONS } from '../../../lib/catalog/region';
import { type CallsElsewhere, callsElsewhere } from '../../../lib/plan/application/calls-elsewhere';
import { planGeneration } from '../../../lib/plan/parts/generation-plan';
import { place, REGIONS, worksFrom } from '../environments';

const elsewhere = (model: string, routing: 'regional' | 'us' | 'eu' | 'global', region = 'us-east-1'): CallsElsewhere =>
  callsElsewhere({ ...place, region }, planGeneration({ ...place, region }, 'chat', 'main', { model, routing }));

test.each([
  [
    'a geography is tried in another of its Regions, and in the first Region outside of it',
    elsewhere('anthropic.claude-sonnet-4-6', 'us'),
    {
      destination: { region: 'us-east-2', target: 'anthropic.claude-sonnet-4-6' },
      outside: { region: 'us-west-1', target: 'us.anthropic.claude-sonnet-4-6' },
    },
  ],
  [
    'regional routing has no other destination',
    elsewhere('amazon.nova-lite-v1:0', 'regional'),
    { outside: { region: 'us-east-2', target: 'amazon.nova-lite-v1:0' } },
  ],
  [
    'global routing has no Region outside',
    elsewhere('anthropic.claude-sonnet-4-6', 'global', 'eu-west-1'),
    { destination: { region: 'us-east-1', target: 'anthropic.claude-sonnet-4-6' } },
  ],
])('%s', (_, calls, expected) => {
  expect(calls).toEqual(expected);
});

const every = REGIONS.flatMap((region) =>
  worksFrom(region).map((what) => {
    const at = { ...place, region };
    return {
      at,
      generation: planGeneration(at, 'chat', 'main', what),
      calls: callsElsewhere(at, planGeneration(at, 'chat', 'main', what)),
    };
  }),
);

test('no call goes to the own Region, or to a Region that is disabled by default', () => {
  const regions = every.flatMap(({ at, calls: { destination, outside } }) =>
    [destination, outside].flatMap((call) => (call === undefined ? [] : [[at.region, call.region] as const])),
  );
  expect(regions.length).toBeGreaterThan(500);
  expect(regions.filter(([own, other]) => own === other || !DEFAULT_REGIONS.some((r) => r === other))).toEqual([]);
});

test('the grant names the destination, and does not name the Region outside', () => {
  const wrong = every.filter(({ generation: { modelArns, routing }, calls: { destination, outside } }) => {
    const granted = modelArns.map((arn) => arn.split(':')[3]);
    return (
      (destination !== undefined && routing !== 'global' && !granted.includes(destination.region)) ||
      (outside !== undefined && granted.includes(outside.region))
    );
  });
  expect(wrong).toEqual([]);
});
