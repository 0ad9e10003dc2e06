import { settleCacheMetrics } from '../../../../lambda/verify/settle/settle-cache-metrics';

const tokens = (names: readonly string[]) => names.filter((name) => name.includes('InputToken'));

test.each([
  [['CacheReadInputTokenCount', 'CacheWriteInputTokenCount']],
  [['CacheReadInputTokens', 'CacheWriteInputTokens']],
  [['CacheReadInputTokenCount', 'CacheReadInputTokens', 'CacheWriteInputTokenCount', 'CacheWriteInputTokens']],
  [['CacheReadInputTokens', 'CacheReads', 'CacheWriteInputTokens']],
])('the names are those that are there: %j', (metrics) => {
  expect(settleCacheMetrics(['InputTokenCount', ...metrics, 'Invocations'])).toEqual({
    settled: true,
    answer: `the metrics of cached tokens are called ${tokens(metrics).join(', ')}`,
    metrics: tokens(metrics),
  });
});

test.each([
  [[], 'the profile has no metric of cached tokens yet; metrics come minutes after the first call: run it again later'],
  [
    ['InputTokenCount', 'Invocations'],
    'the profile has no metric of cached tokens yet; metrics come minutes after the first call: run it again later',
  ],
  [
    ['CacheWriteInputTokenCount', 'Invocations'],
    'of the metrics of cached tokens only CacheWriteInputTokenCount is there yet: run it again later',
  ],
  [
    ['PromptCacheReads', 'PromptCacheWrites'],
    'what the metrics PromptCacheReads, PromptCacheWrites count cannot be told from their names',
  ],
  [
    ['CacheReadInputTokenCounts', 'CacheWriteInputTokenBytes'],
    'what the metrics CacheReadInputTokenCounts, CacheWriteInputTokenBytes count cannot be told from their names',
  ],
])('%j leaves it open', (names, answer) => {
  expect(settleCacheMetrics(names)).toEqual({ settled: false, answer });
});
