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

/** Joins neighbouring entries with the same heading to one line. */
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

test('every generation has probes for all features of its model, and then the probes that must be denied', () => {
  expect(planned()).toEqual({
    probes: [
      'embed titan-embed-text: allowed embed',
      'main claude-sonnet-5: allowed text system turns stream tools image document cache',
      'main nova-lite: allowed text system turns sampling stream tools image document cache',
      'embed titan-embed-text: allowed control',
      'embed titan-embed-text: denied bare-model other-region',
      'main claude-sonnet-5: denied bare-model destination-model system-profile other-region other-tier',
      'main nova-lite: denied bare-model system-profile other-region other-tier',
      'embed titan-embed-text: denied foreign-profile missing-profile bearer-token mantle',
    ],
    skipped: [],
  });
});

test('text in each of its forms and embedding are always tried, whatever the file asks for', () => {
  expect(planned(['stream']).probes.filter((p) => p.includes('allowed'))).toEqual([
    'embed titan-embed-text: allowed embed',
    'main claude-sonnet-5: allowed text system turns stream',
    'main nova-lite: allowed text system turns sampling stream',
    'embed titan-embed-text: allowed control',
  ]);
});

test('a call of a chat model without its guardrail must be denied', () => {
  const guardrail = { id: 'abcdefgh1234', version: '1' };
  expect(planned(undefined, { guardrail }).probes.filter((p) => p.includes('no-guardrail'))).toEqual([
    'main claude-sonnet-5: denied bare-model destination-model system-profile other-region no-guardrail other-tier',
    'main nova-lite: denied bare-model system-profile other-region no-guardrail other-tier',
  ]);
});

test('a probe that the model does not support is listed as skipped, with the reason', () => {
  const micro = { model: 'amazon.nova-micro-v1:0', routing: 'regional' };
  expect(planned(['tools', 'image', 'document'], { models: { micro, embed: models.embed } })).toEqual({
    probes: [
      'embed titan-embed-text: allowed embed',
      'micro nova-micro: allowed text system turns sampling tools',
      'embed titan-embed-text: allowed control',
      'embed titan-embed-text: denied bare-model other-region',
      'micro nova-micro: denied bare-model system-profile other-region other-tier',
      'embed titan-embed-text: denied foreign-profile missing-profile bearer-token mantle',
    ],
    skipped: [
      {
        alias: 'micro',
        probe: 'image',
        reason: 'the catalog does not say that amazon.nova-micro-v1:0 supports images',
      },
      {
        alias: 'micro',
        probe: 'document',
        reason: 'the catalog does not say that amazon.nova-micro-v1:0 supports documents',
      },
    ],
  });
});

test('a model that refuses a system prompt gets none', () => {
  const old = { model: 'mistral.mistral-7b-instruct-v0:2', routing: 'regional' };
  expect(planned(undefined, { models: { old } }).probes[0]).toBe(
    'old mistral-7b-instruct: allowed text turns stream control',
  );
});
