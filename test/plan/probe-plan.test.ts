import { application, planOf } from './environments';

const models = {
  embed: { model: 'amazon.titan-embed-text-v2:0', routing: 'regional' },
  main: {
    model: 'anthropic.claude-sonnet-5',
    routing: 'us',
    previous: { model: 'amazon.nova-lite-v1:0', routing: 'regional' },
    serve: 'previous',
  },
};

function planned(verify?: readonly string[]) {
  const [chat] = planOf({ chat: application({ models, ...(verify && { verify }) }) }).applications;
  const names = new Map(chat?.generations.map((g) => [g.generation, g.modelId.split('.')[1]?.split('-v')[0]]));
  return {
    probes: chat?.probes.map((p) => `${p.alias} ${names.get(p.generation)} ${p.probe}: ${p.expected}`),
    skipped: chat?.skippedProbes,
  };
}

test('every generation is tried, then what must be denied, in the order of reports', () => {
  expect(planned()).toEqual({
    probes: [
      'embed titan-embed-text embed: allowed',
      'main claude-sonnet-5 text: allowed',
      'main claude-sonnet-5 stream: allowed',
      'main nova-lite text: allowed',
      'main nova-lite stream: allowed',
      'embed titan-embed-text control: allowed',
      'embed titan-embed-text bare-model: denied',
      'main claude-sonnet-5 bare-model: denied',
      'main claude-sonnet-5 system-profile: denied',
      'main nova-lite bare-model: denied',
      'main nova-lite system-profile: denied',
      'embed titan-embed-text foreign-profile: denied',
    ],
    skipped: [],
  });
});

test('text alone runs where only text is asked for, and the vectors of an embedding model always', () => {
  const allowed = planned(['text']).probes?.filter((p) => /(text|stream|embed): allowed$/.test(p));
  expect(allowed).toEqual([
    'embed titan-embed-text embed: allowed',
    'main claude-sonnet-5 text: allowed',
    'main nova-lite text: allowed',
  ]);
});

test('a probe that does not exist yet is named as skipped once an alias, with the reason', () => {
  const reason = 'this version of the verification function has no such probe';
  expect(planned(['stream', 'tools', 'image']).skipped).toEqual([
    { alias: 'main', probe: 'tools', reason },
    { alias: 'main', probe: 'image', reason },
  ]);
});
