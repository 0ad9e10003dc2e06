import { settleCacheMetrics } from '../../../../lambda/verify/settle/settle-cache-metrics';

const tokens = (names: readonly string[]) => names.filter((name) => name.includes('InputToken'));

test.each([
  [['CacheReadInputTokenCount', 'CacheWriteInputTokenCount']],
  [['CacheReadInputTokens', 'CacheWriteInputTokens']],
  [['CacheReadInputTokenCount', 'CacheReadInputTokens', 'CacheWriteInputTokenCount', 'CacheWriteInputTokens']],
  [['CacheReadInputTokens', 'CacheReads', 'CacheWriteInputTokens']],
])('the existing metrics settle the names: %j', (metrics) => {
  expect(settleCacheMetrics(['InputTokenCount', ...metrics, 'Invocations'])).toEqual({
    settled: true,
    answer: `the metrics of cached tokens are called ${tokens(metrics).join(', ')}`,
    metrics: tokens(metrics),
  });
});

test.each([
  [
    [],
    'the profile has no metric of cached tokens yet; metrics appear minutes after the first call: verify again later',
  ],
  [
    ['InputTokenCount', 'Invocations'],
    'the profile has no metric of cached tokens yet; metrics appear minutes after the first call: verify again later',
  ],
  [
    ['CacheWriteInputTokenCount', 'Invocations'],
    'so far only CacheWriteInputTokenCount exists of the metrics of cached tokens: verify again later',
  ],
  [
    ['PromptCacheReads', 'PromptCacheWrites'],
    'the names of the metrics PromptCacheReads, PromptCacheWrites do not show what they count',
  ],
  [
    ['CacheReadInputTokenCounts', 'CacheWriteInputTokenBytes'],
    'the names of the metrics CacheReadInputTokenCounts, CacheWriteInputTokenBytes do not show what they count',
  ],
])('%j leaves the names open', (names, answer) => {
  expect(settleCacheMetrics(names)).toEqual({ settled: false, answer });
});
