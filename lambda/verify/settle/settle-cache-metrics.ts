import { type Finding, open } from './finding';

/** Which names the metrics of cached tokens carry: AWS documents one, and is seen to use another. */
export function settleCacheMetrics(names: readonly string[]): Finding {
  const metrics = names.filter((name) => /cache/i.test(name));
  const has = (what: RegExp): boolean => metrics.some((name) => what.test(name));
  if (has(/read/i) && has(/write/i)) {
    return { settled: true, answer: `the metrics of cached tokens are called ${metrics.join(', ')}`, metrics };
  }
  return open(
    metrics.length === 0
      ? 'the profile has no metric of cached tokens yet; metrics come minutes after the first call: run it again later'
      : `of the metrics of cached tokens only ${metrics.join(', ')} is there yet: run it again later`,
  );
}
