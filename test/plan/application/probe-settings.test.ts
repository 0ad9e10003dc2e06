import { findModel, MODEL_IDS, routingsFrom } from '../../../lib/catalog/catalog';
import { probeSettings } from '../../../lib/plan/application/probe-settings';
import { planGeneration } from '../../../lib/plan/parts/generation-plan';
import { place } from '../environments';

const settingsOf = (model: string) => {
  const [routing = 'us'] = routingsFrom(findModel(model) ?? never(model), place.region);
  return probeSettings(place, planGeneration(place, 'chat', 'main', { model, routing }), undefined);
};

function never(model: string): never {
  throw new Error(`${model} is not in the catalog`);
}

test.each([
  [
    'a Claude model that takes temperature or topP gets one of them, and top_k outside the inference configuration',
    'anthropic.claude-sonnet-4-6',
    { inferenceConfig: { temperature: 0.5 }, additionalModelRequestFields: { top_k: 20 } },
  ],
  [
    'a Nova model gets topK in an inference configuration of its own',
    'amazon.nova-pro-v1:0',
    {
      inferenceConfig: { temperature: 0.5, topP: 0.9 },
      additionalModelRequestFields: { inferenceConfig: { topK: 20 } },
    },
  ],
  ['a Claude model without sampling parameters gets none', 'anthropic.claude-sonnet-5', undefined],
  ['a model whose sampling parameters are not known gets none', 'mistral.mistral-large-3-675b-instruct', undefined],
])('%s', (_, model, sampling) => {
  expect(settingsOf(model)['sampling']).toEqual(sampling);
});

test('a model that refuses sampling parameters gets none, and one that refuses both together gets one', () => {
  const sent = MODEL_IDS.map(findModel).flatMap((model) => {
    const sampling =
      model?.kind === 'chat' && routingsFrom(model, place.region).length > 0 && settingsOf(model.modelId);
    const text = JSON.stringify(sampling || {});
    const refused = model?.sampling === false && /temperature|top/i.test(text);
    const together =
      model?.sampling && model.sampling.together === false && /temperature/.test(text) && /topP/.test(text);
    return refused || together ? [model?.modelId] : [];
  });
  expect(sent).toEqual([]);
});

test('a tool is forced, and a prefix is cached, if the catalog says that the model supports it', () => {
  const of = (model: string) => {
    const { forcedTool, cacheTokens } = settingsOf(model);
    return { forcedTool, cacheTokens };
  };
  expect({
    opus: of('anthropic.claude-opus-4-6-v1'),
    nova: of('amazon.nova-micro-v1:0'),
    llama: of('meta.llama4-maverick-17b-instruct-v1:0'),
    alwaysThinking: of('anthropic.claude-fable-5'),
    titan: of('amazon.titan-embed-text-v2:0'),
  }).toEqual({
    opus: { forcedTool: true, cacheTokens: 4096 },
    nova: { forcedTool: true, cacheTokens: 1024 },
    llama: { forcedTool: false, cacheTokens: undefined },
    alwaysThinking: { forcedTool: false, cacheTokens: 512 },
    titan: { forcedTool: undefined, cacheTokens: undefined },
  });
});

test('an embedding model, and no other, has the vector length of the catalog', () => {
  const of = (model: string) => settingsOf(model)['vectorLength'];
  expect([
    of('amazon.titan-embed-text-v2:0'),
    of('cohere.embed-v4:0'),
    of('cohere.embed-english-v3'),
    of('amazon.nova-micro-v1:0'),
  ]).toEqual([1024, 1536, 1024, undefined]);
});
