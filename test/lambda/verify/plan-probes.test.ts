import type { Alias, Generation } from '../../../lambda/verify/alias';
import { type PlannedProbe, planProbes } from '../../../lambda/verify/plan-probes';

const old: Generation = {
  generation: 'g1',
  profileArn: 'arn:old',
  modelId: 'm.old',
  routing: 'regional',
  probes: ['text'],
};
const served: Generation = {
  generation: 'g2',
  profileArn: 'arn:new',
  modelId: 'm.new',
  routing: 'us',
  systemProfileId: 'us.m.new',
  probes: ['text', 'stream'],
};
const vectors: Generation = {
  ...old,
  generation: 'v',
  profileArn: 'arn:vectors',
  modelId: 'm.embed',
  probes: ['embed'],
};
const guardrail = { id: 'gr', version: '1' };
const chat: Alias = { application: 'a', alias: 'chat', guardrail, served, generations: [old, served] };
const embed: Alias = { application: 'a', alias: 'embed', guardrail, served: vectors, generations: [vectors] };

const short = ({ generation, probe, call }: PlannedProbe): unknown => [
  generation.generation,
  probe,
  call.operation,
  call.target,
  call.guardrail?.id,
];

test('every generation gets its probes, and the served one of the first alias the control', () => {
  const { allowed, control, denied } = planProbes([chat, embed], undefined, 'arn:decoy');
  expect(allowed.map(short)).toEqual([
    ['g1', 'text', 'Converse', 'arn:old', 'gr'],
    ['g2', 'text', 'Converse', 'arn:new', 'gr'],
    ['g2', 'stream', 'ConverseStream', 'arn:new', 'gr'],
    ['v', 'embed', 'InvokeModel', 'arn:vectors', undefined],
  ]);
  expect(short(control)).toEqual(['g2', 'control', 'Converse', 'arn:new', 'gr']);
  expect(denied.map(short)).toEqual([
    ['g2', 'foreign-profile', 'Converse', 'arn:decoy', 'gr'],
    ['g1', 'bare-model', 'Converse', 'm.old', 'gr'],
    ['g2', 'bare-model', 'Converse', 'm.new', 'gr'],
    ['g2', 'system-profile', 'Converse', 'us.m.new', 'gr'],
    ['v', 'bare-model', 'InvokeModel', 'm.embed', 'gr'],
  ]);
});

test('without a guardrail no call names one', () => {
  const { guardrail: _, ...open } = chat;
  const { allowed, control, denied } = planProbes([open], embed, 'arn:decoy');
  for (const { call } of [...allowed, control, ...denied]) {
    expect(call).not.toHaveProperty('guardrail');
  }
  expect(denied[0]?.call).toEqual({ operation: 'InvokeModel', target: 'arn:vectors', modelId: 'm.embed' });
});
