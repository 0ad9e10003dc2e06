import { MODEL_IDS } from '../../../lib/catalog/catalog';
import { PROFILE_REGIONS } from '../../../lib/catalog/region';
import { planGeneration } from '../../../lib/plan/parts/generation-plan';
import { application, longName, place, planOf, worksFrom } from '../environments';

const sonnet46 = { model: 'anthropic.claude-sonnet-4-6', routing: 'us' } as const;
const sonnet5 = { model: 'anthropic.claude-sonnet-5', routing: 'us' } as const;

function generationsOf(main: object) {
  return planOf({ chat: application({ models: { main } }) }).applications[0]?.generations ?? [];
}

test('a generation through a geography has this plan', () => {
  expect(planGeneration(place, 'chat', 'main', sonnet46)).toEqual({
    alias: 'main',
    generation: '11f301',
    served: true,
    modelId: 'anthropic.claude-sonnet-4-6',
    kind: 'chat',
    routing: 'us',
    profileName: 'dev_chat_main_claude-sonnet-4-6_11f301',
    profileArn:
      'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/{dev_chat_main_claude-sonnet-4-6_11f301}',
    copyFrom: 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6',
    modelArns: [
      'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-6',
      'arn:aws:bedrock:us-east-2::foundation-model/anthropic.claude-sonnet-4-6',
      'arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-sonnet-4-6',
    ],
    systemProfileArn: 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6',
    systemProfileId: 'us.anthropic.claude-sonnet-4-6',
  });
});

test('a regional generation names the system profile that must be denied, and grants no system profile', () => {
  const { copyFrom, systemProfileArn, systemProfileId } = planGeneration(place, 'chat', 'fast', {
    model: 'amazon.nova-lite-v1:0',
    routing: 'regional',
  });
  expect({ copyFrom, systemProfileArn, systemProfileId }).toEqual({
    copyFrom: 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0',
    systemProfileArn: undefined,
    systemProfileId: 'us.amazon.nova-lite-v1:0',
  });
});

test('an upgrade keeps the profile of the previous generation', () => {
  const [before] = generationsOf(sonnet46);
  const [current, previous] = generationsOf({ ...sonnet5, previous: sonnet46 });
  expect(previous).toEqual({ ...before, served: false });
  expect(current?.profileName).not.toBe(before?.profileName);
});

test.each([
  ['current', {}, [true, false]],
  ['current, if the file says so', { serve: 'current' }, [true, false]],
  ['previous, if the file says so', { serve: 'previous' }, [false, true]],
])('an alias serves the generation that is %s', (_, serve, served) => {
  expect(generationsOf({ ...sonnet5, ...serve, previous: sonnet46 }).map((g) => g.served)).toEqual(served);
});

test('the same model under another alias, application or routing is another generation', () => {
  const generations = [
    planGeneration(place, 'chat', 'main', sonnet46),
    planGeneration(place, 'chat', 'other', sonnet46),
    planGeneration(place, 'search', 'main', sonnet46),
    planGeneration(place, 'chat', 'main', { ...sonnet46, routing: 'global' }),
  ];
  expect(new Set(generations.map((g) => g.generation)).size).toBe(4);
  expect(new Set(generations.map((g) => g.profileName)).size).toBe(4);
});

test('every model with the longest names has a profile name that Bedrock allows', () => {
  const inLongest = { ...place, environment: longName(20) };
  const names = PROFILE_REGIONS.flatMap((region) =>
    worksFrom(region).map((g) => planGeneration({ ...inLongest, region }, longName(24), longName(24), g).profileName),
  );
  expect(names.filter((name) => name.length > 64 || !/^([0-9a-zA-Z][ _-]?)+$/.test(name))).toEqual([]);
  expect(MODEL_IDS.length).toBeGreaterThan(50);
});

test('a model that the catalog does not know is an error of the program, and the message says so', () => {
  expect(() => planGeneration(place, 'chat', 'main', { model: 'acme.large', routing: 'us' })).toThrow(
    "'acme.large' is not in the catalog; check the environment before you plan it",
  );
});
