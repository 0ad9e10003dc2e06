import { boundedText } from '../../../aws/bounded-text';
import { type Finding, open } from './finding';

/** What AWS documents, and what it is seen to use. */
const CACHED_TOKENS = /^Cache(Read|Write)InputToken(s|Count)$/;

/**
 * Which names the metrics of cached tokens carry: AWS documents one, and is seen to use another.
 *
 * A name of another form may count something else, such as requests, and decides nothing.
 */
export function settleCacheMetrics(names: readonly string[]): Finding {
  const metrics = names.filter((name) => CACHED_TOKENS.test(name));
  const has = (what: string): boolean => metrics.some((name) => name.startsWith(what));
  if (has('CacheRead') && has('CacheWrite')) {
    return { settled: true, answer: `the metrics of cached tokens are called ${metrics.join(', ')}`, metrics };
  }
  const others = names.filter((name) => /cache/i.test(name) && !metrics.includes(name));
  if (others.length > 0) {
    return open(`what the metrics ${boundedText(others.join(', '))} count cannot be told from their names`);
  }
  return open(
    metrics.length === 0
      ? 'the profile has no metric of cached tokens yet; metrics come minutes after the first call: run it again later'
      : `of the metrics of cached tokens only ${metrics.join(', ')} is there yet: run it again later`,
  );
}
