import { estimatedUsd } from '../../../lib/report/verification/estimated-usd';

const SONNET = { modelId: 'anthropic.claude-sonnet-4-6', routing: 'us' } as const;
const NOVA = { modelId: 'amazon.nova-lite-v1:0', routing: 'regional' } as const;

// Sonnet 4.6 over us, in dollars for 1,000,000 tokens: 3.30 in, 16.50 out, 0.33 read, 4.125 written.
test.each([
  [{ ...SONNET, inputTokens: 100, outputTokens: 10 }, 0.000495],
  [{ ...SONNET, inputTokens: 100, outputTokens: 10, cacheReadTokens: 2000 }, 0.001155],
  [{ ...SONNET, inputTokens: 100, outputTokens: 10, cacheWriteTokens: 2000 }, 0.008745],
  [{ ...SONNET, inputTokens: 100, outputTokens: 10, cacheReadTokens: 2000, cacheWriteTokens: 2000 }, 0.009405],
  [{ ...NOVA, inputTokens: 100, outputTokens: 10, cacheReadTokens: 2000, cacheWriteTokens: 0 }, 0.0000384],
])('%j costs $%p', (probe, usd) => {
  expect(estimatedUsd(probe, 'us-east-1')).toBeCloseTo(usd, 10);
});

test.each([
  ['a cache write without a known price', { ...NOVA, inputTokens: 100, outputTokens: 10, cacheWriteTokens: 2000 }],
  ['a call without counted input tokens', { ...SONNET, outputTokens: 10 }],
  ['an unknown model', { modelId: 'nobody.knows', routing: 'us', inputTokens: 100 }],
])('the cost of %s is unknown, and not 0', (_, probe) => {
  expect(estimatedUsd(probe, 'us-east-1')).toBeUndefined();
});
