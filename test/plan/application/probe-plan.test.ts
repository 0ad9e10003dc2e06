import { application, planOf } from '../environments';

const models = {
  embed: { model: 'amazon.titan-embed-text-v2:0', routing: 'regional' },
  main: {
    model: 'anthropic.claude-sonnet-5',
    routing: 'us',
    previous: { model: 'amazon.nova-lite-v1:0', routing: 'regional' },
    serve: 'previous',
  },
};

function planned(verify?: readonly string[], changes = {}) {
  const [chat] = planOf({ chat: application({ models, ...(verify && { verify }), ...changes }) }).applications;
  const names = new Map(chat?.generations.map((g) => [g.generation, g.modelId.split('.')[1]?.split('-v')[0]]));
  return {
    probes: grouped(chat?.probes.map((p) => [`${p.alias} ${names.get(p.generation)}: ${p.expected}`, p.probe]) ?? []),
    skipped: chat?.skippedProbes,
  };
}

/** Neighbours with the same heading on one line. */
function grouped(entries: readonly (readonly string[])[]): readonly string[] {
  const lines: { heading: string | undefined; rest: (string | undefined)[] }[] = [];
  for (const [heading, entry] of entries) {
    if (lines.at(-1)?.heading !== heading) {
      lines.push({ heading, rest: [] });
    }
    lines.at(-1)?.rest.push(entry);
  }
  return lines.map(({ heading, rest }) => `${heading} ${rest.join(' ')}`);
}

test('every generation is tried with all that its model can do, then what must be denied, in the order of reports', () => {
  expect(planned()).toEqual({
    probes: [
      'embed titan-embed-text: allowed embed',
      'main claude-sonnet-5: allowed text system turns stream tools image document cache',
      'main nova-lite: allowed text system turns sampling stream tools image document cache',
      'embed titan-embed-text: allowed control',
      'embed titan-embed-text: denied bare-model other-region',
      'main claude-sonnet-5: denied bare-model destination-model system-profile other-region',
      'main nova-lite: denied bare-model system-profile other-region',
      'embed titan-embed-text: denied foreign-profile missing-profile bearer-token mantle',
    ],
    skipped: [],
  });
});

test('text runs in each of its forms whatever the file asks for, and the vectors of an embedding model', () => {
  expect(planned(['stream']).probes.filter((p) => p.includes('allowed'))).toEqual([
    'embed titan-embed-text: allowed embed',
    'main claude-sonnet-5: allowed text system turns stream',
    'main nova-lite: allowed text system turns sampling stream',
    'embed titan-embed-text: allowed control',
  ]);
});

test('with a guardrail, a call of a chat model that leaves it out must be denied', () => {
  const guardrail = { id: 'abcdefgh1234', version: '1' };
  expect(planned(undefined, { guardrail }).probes.filter((p) => p.includes('no-guardrail'))).toEqual([
    'main claude-sonnet-5: denied bare-model destination-model system-profile other-region no-guardrail',
    'main nova-lite: denied bare-model system-profile other-region no-guardrail',
  ]);
});

test('a probe that is asked for and that a model cannot do is named as skipped, with the reason', () => {
  const micro = { model: 'amazon.nova-micro-v1:0', routing: 'regional' };
  expect(planned(['tools', 'image', 'document'], { models: { micro, embed: models.embed } })).toEqual({
    probes: [
      'embed titan-embed-text: allowed embed',
      'micro nova-micro: allowed text system turns sampling tools',
      'embed titan-embed-text: allowed control',
      'embed titan-embed-text: denied bare-model other-region',
      'micro nova-micro: denied bare-model system-profile other-region',
      'embed titan-embed-text: denied foreign-profile missing-profile bearer-token mantle',
    ],
    skipped: [
      { alias: 'micro', probe: 'image', reason: 'the catalog does not know that amazon.nova-micro-v1:0 takes images' },
      {
        alias: 'micro',
        probe: 'document',
        reason: 'the catalog does not know that amazon.nova-micro-v1:0 takes documents',
      },
    ],
  });
});

test('a model that refuses a system prompt is not given one', () => {
  const old = { model: 'mistral.mistral-7b-instruct-v0:2', routing: 'regional' };
  expect(planned(undefined, { models: { old } }).probes[0]).toBe(
    'old mistral-7b-instruct: allowed text turns stream control',
  );
});
