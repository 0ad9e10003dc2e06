import { quotaOfModel, type TokenQuota } from '../../../lambda/meter/model-quota';
import { findModel, MODEL_IDS } from '../../../lib/catalog/catalog';

/** Names of quotas as Service Quotas listed them in 2025 and 2026 (public lists of quotas on GitHub, read 2026-11-30). */
const NAMES: readonly string[] = [
  'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4 V1',
  'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4 V1 1M Context Length',
  'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.5 V1',
  'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.5 V1 1M Context Length',
  'Global cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.5 V1',
  'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.6',
  'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 5',
  'Global cross-region model inference tokens per minute for Anthropic Claude Sonnet 5',
  'Cross-region model inference tokens per minute for Anthropic Claude Opus 4.7',
  'Cross-region model inference tokens per minute for Anthropic Claude Opus 4.7 1M Context Length',
  'Cross-region model inference tokens per minute for Anthropic Claude Haiku 4.5',
  'Global cross-region model inference tokens per minute for Anthropic Claude Haiku 4.5',
  'Cross-region model inference tokens per minute for Anthropic Claude Haiku 5.5',
  'On-demand model inference tokens per minute for Anthropic Claude 3.5 Sonnet',
  'On-demand model inference tokens per minute for Anthropic Claude 3.5 Sonnet V2',
  'On-demand latency-optimized model inference tokens per minute for Anthropic Claude 3.5 Haiku',
  'On-demand model inference tokens per minute for Amazon Nova Lite',
  'On-demand model inference tokens per minute for Amazon Nova Micro',
  'On-demand model inference tokens per minute for Amazon Nova Pro',
  'Cross-region model inference tokens per minute for Amazon Nova Lite',
  'On-demand model inference tokens per minute for Amazon Titan Text Embeddings V2',
  'On-demand model inference tokens per minute for Cohere Embed English',
  'Global cross-region model inference tokens per minute for Cohere Embed V4',
  'On-demand model inference tokens per minute for Meta Llama 3 8B Instruct',
  'On-demand model inference tokens per minute for Meta Llama 3 70B Instruct',
  'Cross-region model inference tokens per minute for Meta Llama 3.3 70B Instruct',
  'Cross-region model inference tokens per minute for Meta Llama 4 Scout V1',
  'Cross-region model inference tokens per minute for Meta Llama 4 Maverick V1',
  'On-demand model inference tokens per minute for Mistral AI Mistral 7B Instruct',
  'On-demand model inference tokens per minute for Mistral Large 3',
  'On-demand model inference tokens per minute for Ministral 14B 3.0',
  'Cross-region model inference tokens per minute for Mistral Pixtral Large 25.02 V1',
  'Cross-region model inference tokens per minute for Writer AI Palmyra X4 V1',
  'Cross-region model inference tokens per minute for Writer AI Palmyra X5 V1',
  'Cross-region model inference tokens per minute for DeepSeek R1 V1',
  'On-demand model inference tokens per minute for OpenAI GPT OSS 20B',
  'On-demand model inference tokens per minute for OpenAI GPT OSS 120B',
  'Global cross-region model inference tokens per day for Anthropic Claude Sonnet 5',
  'Model invocation max tokens per day for Anthropic Claude Opus 4.7 (doubled for cross-region calls)',
  'Cross-region model inference requests per minute for Anthropic Claude Sonnet 4.6',
  '[bedrock-mantle endpoint] Input tokens per minute for Claude Sonnet 5',
  'Batch inference job size (in GB) for Claude Sonnet 4.5',
];

const QUOTAS: readonly TokenQuota[] = NAMES.map((name, i) => ({ name, tokensPerMinute: i + 1 }));

function quotaOf(modelId: string, routing: string): string | undefined {
  const { provider = '', name } = findModel(modelId) ?? {};
  const found = quotaOfModel(modelId, routing, { provider, ...(name !== undefined && { name }) }, QUOTAS);
  return found?.name.replace(' model inference tokens per minute for', ':');
}

test.each<[modelId: string, routing: string, quota: string | undefined]>([
  ['anthropic.claude-sonnet-4-6', 'us', 'Cross-region: Anthropic Claude Sonnet 4.6'],
  ['anthropic.claude-sonnet-4-6', 'eu', 'Cross-region: Anthropic Claude Sonnet 4.6'],
  ['anthropic.claude-sonnet-4-6', 'global', undefined],
  ['anthropic.claude-sonnet-4-6', 'regional', undefined],
  ['anthropic.claude-sonnet-4-20250514-v1:0', 'us', 'Cross-region: Anthropic Claude Sonnet 4 V1'],
  ['anthropic.claude-sonnet-4-5-20250929-v1:0', 'us', 'Cross-region: Anthropic Claude Sonnet 4.5 V1'],
  ['anthropic.claude-sonnet-4-5-20250929-v1:0', 'global', 'Global cross-region: Anthropic Claude Sonnet 4.5 V1'],
  ['anthropic.claude-sonnet-5', 'us', 'Cross-region: Anthropic Claude Sonnet 5'],
  ['anthropic.claude-sonnet-5', 'global', 'Global cross-region: Anthropic Claude Sonnet 5'],
  ['anthropic.claude-sonnet-5-5', 'us', undefined],
  ['anthropic.claude-opus-4-7', 'us', 'Cross-region: Anthropic Claude Opus 4.7'],
  ['anthropic.claude-opus-4-8', 'us', undefined],
  ['anthropic.claude-haiku-4-5-20251001-v1:0', 'global', 'Global cross-region: Anthropic Claude Haiku 4.5'],
  // The catalog has no name for this model, so its id is read.
  ['anthropic.claude-haiku-5-5', 'us', 'Cross-region: Anthropic Claude Haiku 5.5'],
  ['anthropic.claude-3-5-sonnet-20240620-v1:0', 'regional', 'On-demand: Anthropic Claude 3.5 Sonnet'],
  ['anthropic.claude-3-5-sonnet-20241022-v2:0', 'regional', 'On-demand: Anthropic Claude 3.5 Sonnet V2'],
  ['amazon.nova-lite-v1:0', 'regional', 'On-demand: Amazon Nova Lite'],
  ['amazon.nova-lite-v1:0', 'us', 'Cross-region: Amazon Nova Lite'],
  ['amazon.nova-2-lite-v1:0', 'us', undefined],
  ['amazon.nova-pro-v1:0', 'regional', 'On-demand: Amazon Nova Pro'],
  ['amazon.titan-embed-text-v2:0', 'regional', 'On-demand: Amazon Titan Text Embeddings V2'],
  ['amazon.titan-embed-text-v1', 'regional', undefined],
  ['cohere.embed-v4:0', 'global', 'Global cross-region: Cohere Embed V4'],
  ['cohere.embed-english-v3', 'regional', 'On-demand: Cohere Embed English'],
  ['meta.llama3-8b-instruct-v1:0', 'regional', 'On-demand: Meta Llama 3 8B Instruct'],
  ['meta.llama3-70b-instruct-v1:0', 'regional', 'On-demand: Meta Llama 3 70B Instruct'],
  ['meta.llama3-3-70b-instruct-v1:0', 'us', 'Cross-region: Meta Llama 3.3 70B Instruct'],
  ['meta.llama4-scout-17b-instruct-v1:0', 'us', 'Cross-region: Meta Llama 4 Scout V1'],
  ['meta.llama4-maverick-17b-instruct-v1:0', 'us', 'Cross-region: Meta Llama 4 Maverick V1'],
  ['mistral.mistral-7b-instruct-v0:2', 'regional', 'On-demand: Mistral AI Mistral 7B Instruct'],
  ['mistral.mistral-large-3-675b-instruct', 'regional', 'On-demand: Mistral Large 3'],
  ['mistral.mistral-large-2402-v1:0', 'regional', undefined],
  ['mistral.ministral-3-14b-instruct', 'regional', 'On-demand: Ministral 14B 3.0'],
  ['mistral.ministral-3-8b-instruct', 'regional', undefined],
  ['mistral.pixtral-large-2502-v1:0', 'us', 'Cross-region: Mistral Pixtral Large 25.02 V1'],
  ['writer.palmyra-x4-v1:0', 'us', 'Cross-region: Writer AI Palmyra X4 V1'],
  ['writer.palmyra-x5-v1:0', 'us', 'Cross-region: Writer AI Palmyra X5 V1'],
  ['deepseek.r1-v1:0', 'us', 'Cross-region: DeepSeek R1 V1'],
  ['openai.gpt-oss-20b-1:0', 'regional', 'On-demand: OpenAI GPT OSS 20B'],
  ['openai.gpt-oss-120b-1:0', 'regional', 'On-demand: OpenAI GPT OSS 120B'],
  ['openai.gpt-oss-safeguard-120b', 'regional', undefined],
])('the quota of %s with the routing %s is %p', (modelId, routing, quota) => {
  expect(quotaOf(modelId, routing)).toBe(quota);
});

test('no quota belongs to two models of different names', () => {
  const owners = new Map<string, Set<string>>();
  // An id of another endpoint may be a second id of the same model.
  for (const id of MODEL_IDS.filter((one) => findModel(one)?.runtime)) {
    for (const routing of ['regional', 'us', 'global']) {
      const quota = quotaOf(id, routing);
      if (quota !== undefined) {
        owners.set(quota, (owners.get(quota) ?? new Set()).add((findModel(id)?.name ?? id).toLowerCase()));
      }
    }
  }
  expect([...owners].filter(([, names]) => names.size > 1)).toEqual([]);
  expect(owners.size).toBeGreaterThan(30);
});

test('of two quotas that fit a model equally well none is chosen', () => {
  const name = 'On-demand model inference tokens per minute for Amazon Nova Lite';
  const twice = [name, name.replace('Amazon Nova', 'Amazon  Nova')].map((n) => ({ name: n, tokensPerMinute: 1 }));
  expect(quotaOfModel('amazon.nova-lite-v1:0', 'regional', { provider: 'Amazon', name: 'Nova Lite' }, twice)).toBe(
    undefined,
  );
});
