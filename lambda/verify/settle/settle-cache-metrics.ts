import { boundedText } from '../../../aws/bounded-text';
import { type Finding, open } from './finding';

/** The names that AWS documents, and those that it has been seen to use. */
const CACHED_TOKENS = /^Cache(Read|Write)InputToken(s|Count)$/;

/**
 * Settles the names of the metrics of cached tokens: AWS documents one, but has been seen to use another.
 *
 * A metric with a name of another form may count something else, such as requests, and settles nothing.
 */
export function settleCacheMetrics(names: readonly string[]): Finding {
  const metrics = names.filter((name) => CACHED_TOKENS.test(name));
  const has = (prefix: string): boolean => metrics.some((name) => name.startsWith(prefix));
  if (has('CacheRead') && has('CacheWrite')) {
    return { settled: true, answer: `the metrics of cached tokens are called ${metrics.join(', ')}`, metrics };
  }
  const others = names.filter((name) => /cache/i.test(name) && !metrics.includes(name));
  if (others.length > 0) {
    return open(`the names of the metrics ${boundedText(others.join(', '))} do not show what they count`);
  }
  return open(
    metrics.length === 0
      ? 'the profile has no metric of cached tokens yet; metrics appear minutes after the first call: verify again later'
      : `so far only ${metrics.join(', ')} exists of the metrics of cached tokens: verify again later`,
  );
}
