import type { Alias, Generation } from '../../../../lambda/aliases/alias';
import { type PlannedProbe, planProbes } from '../../../../lambda/verify/probes/plan-probes';

const profile = (name: string): string =>
  `arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/${name}`;
const NONE = profile('000000000000');

const old: Generation = {
  generation: 'g1',
  profileArn: profile('old'),
  modelId: 'm.old',
  routing: 'regional',
  probes: ['text', 'sampling'],
  sampling: { inferenceConfig: { temperature: 0.5 } },
  outside: { region: 'us-west-1', target: 'us.m.old' },
};
const served: Generation = {
  generation: 'g2',
  profileArn: profile('new'),
  modelId: 'm.new',
  routing: 'us',
  systemProfileId: 'us.m.new',
  probes: ['text', 'stream', 'tools', 'image', 'cache'],
  forcedTool: true,
  cacheTokens: 512,
  destination: { region: 'us-east-2', target: 'm.new' },
};
const vectors: Generation = {
  generation: 'v',
  profileArn: profile('vectors'),
  modelId: 'm.embed',
  routing: 'regional',
  probes: ['embed'],
};
const guardrail = { id: 'gr', version: '1' };
const chat: Alias = {
  application: 'a',
  alias: 'chat',
  guardrail,
  asked: ['text', 'tools'],
  served,
  generations: [old, served],
};
const embed: Alias = { application: 'a', alias: 'embed', served: vectors, generations: [vectors] };

const short = ({ generation, probe, call, byCatalog }: PlannedProbe): string =>
  [
    generation.generation,
    probe,
    call.operation,
    call.target.replace(/^arn.*\//, ''),
    call.region ?? 'here',
    call.guardrail?.id ?? 'unguarded',
    ...(call.bearer ? ['bearer'] : []),
    ...(call.exchange === undefined ? [] : [JSON.stringify(call.exchange)]),
    ...(byCatalog ? ['by catalog'] : []),
  ].join(' ');

test('every generation gets its probes, and the served generation of the first alias the control', () => {
  const { allowed, control } = planProbes([chat, embed], undefined, profile('decoy'));
  expect(allowed.map(short)).toEqual([
    'g1 text Converse old here gr',
    'g1 sampling Converse old here gr {"kind":"sampling","fields":{"inferenceConfig":{"temperature":0.5}}} by catalog',
    'g2 text Converse new here gr',
    'g2 stream ConverseStream new here gr',
    'g2 tools Converse new here gr {"kind":"tools","forced":true}',
    'g2 image Converse new here gr {"kind":"image"} by catalog',
    'g2 cache Converse new here gr {"kind":"cache","tokens":512} by catalog',
    'v embed InvokeModel vectors here unguarded',
  ]);
  expect(short(control)).toBe('g2 control Converse new here gr');
});

test('the probes that must be denied: each way around a profile for every generation, and the others once', () => {
  const { denied } = planProbes([chat, embed], undefined, profile('decoy'));
  expect(denied.map(short)).toEqual([
    'g2 foreign-profile Converse decoy here gr',
    'g2 missing-profile Converse 000000000000 here gr',
    'g2 bearer-token Converse new here gr bearer',
    'g2 mantle CreateInference m.new here gr',
    'g1 bare-model Converse m.old here gr',
    'g1 other-region Converse us.m.old us-west-1 unguarded',
    'g1 no-guardrail Converse old here unguarded',
    'g2 bare-model Converse m.new here gr',
    'g2 destination-model Converse m.new us-east-2 unguarded',
    'g2 system-profile Converse us.m.new here gr',
    'g2 no-guardrail Converse new here unguarded',
    'v bare-model InvokeModel m.embed here gr',
  ]);
  expect(denied[1]?.call.target).toBe(NONE);
});

test('without a guardrail no call names one, and there is no probe without it', () => {
  const { guardrail: _, ...open } = chat;
  const { allowed, control, denied } = planProbes([open], embed, profile('decoy'));
  for (const { call, probe } of [...allowed, control, ...denied]) {
    expect(call).not.toHaveProperty('guardrail');
    expect(probe).not.toBe('no-guardrail');
  }
  expect(denied[0]?.call).toEqual({ operation: 'InvokeModel', target: profile('vectors'), modelId: 'm.embed' });
});

test('a chat alias is called with a service tier that the application does not have', () => {
  const tiersOf = (tiers: readonly string[]): unknown =>
    planProbes(
      [
        { ...chat, tiers },
        { ...embed, tiers },
      ],
      undefined,
      profile('decoy'),
    )
      .denied.filter(({ probe }) => probe === 'other-tier')
      .map(({ generation, call }) => [generation.generation, call.target, call.tier, call.guardrail?.id]);
  expect(tiersOf(['default'])).toEqual([
    ['g1', profile('old'), 'priority', 'gr'],
    ['g2', profile('new'), 'priority', 'gr'],
  ]);
  expect(tiersOf(['default', 'priority'])).toEqual([
    ['g1', profile('old'), 'flex', 'gr'],
    ['g2', profile('new'), 'flex', 'gr'],
  ]);
  expect(tiersOf(['default', 'priority', 'flex', 'reserved'])).toEqual([]);
});

test('the probe of bedrock-mantle calls a chat model if there is one', () => {
  const mantleTarget = (aliases: readonly [Alias, ...Alias[]]): unknown =>
    planProbes(aliases, undefined, profile('decoy')).denied.find(({ probe }) => probe === 'mantle')?.call.target;
  expect([mantleTarget([embed, chat]), mantleTarget([embed])]).toEqual(['m.new', 'm.embed']);
});

test('an embedding model must return a vector of the length in the parameter, or of any length', () => {
  const of = (vectorLength: object): unknown =>
    planProbes(
      [{ ...embed, served: { ...embed.served, ...vectorLength }, generations: [{ ...embed.served, ...vectorLength }] }],
      undefined,
      profile('decoy'),
    ).allowed[0]?.call;
  const call = { operation: 'InvokeModel', target: profile('vectors'), modelId: 'm.embed' };
  expect([of({ vectorLength: 1024 }), of({})]).toEqual([{ ...call, vectorLength: 1024 }, call]);
});
