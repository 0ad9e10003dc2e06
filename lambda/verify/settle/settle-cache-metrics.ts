import { boundedText } from '../../../aws/bounded-text';
import { type Finding, unsettled } from './finding';

/** Matches the names that AWS documents, and the names that were seen in use. */
const CACHED_TOKENS = /^Cache(Read|Write)InputToken(s|Count)$/;

/**
 * Settles which names the metrics of cached tokens have. AWS documents one form of the names, but another form was seen
 * in use.
 *
 * A metric whose name has neither form may count something else, such as requests, and settles nothing.
 */
export function settleCacheMetrics(names: readonly string[]): Finding {
  const metrics = names.filter((name) => CACHED_TOKENS.test(name));
  const has = (prefix: string): boolean => metrics.some((name) => name.startsWith(prefix));
  if (has('CacheRead') && has('CacheWrite')) {
    return { settled: true, answer: `the metrics of cached tokens are called ${metrics.join(', ')}`, metrics };
  }
  const others = names.filter((name) => /cache/i.test(name) && !metrics.includes(name));
  if (others.length > 0) {
    return unsettled(`the names of the metrics ${boundedText(others.join(', '))} do not show what they count`);
  }
  return unsettled(
    metrics.length === 0
      ? 'the profile has no metric of cached tokens yet; metrics appear minutes after the first call: verify again later'
      : `so far only ${metrics.join(', ')} exists of the metrics of cached tokens: verify again later`,
  );
}
