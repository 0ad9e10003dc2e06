import type { JsonField } from '../json-field';
import type { Content } from './content';

/** Reads a cache point, the block that marks the end of a prefix to cache. */
export function readCachePoint(block: JsonField): Content {
  const point = block.at('cachePoint');
  point.at('type').oneOf(['default']);
  if (point.at('ttl').present) {
    point.at('ttl').oneOf(['5m', '1h']);
  }
  return { kind: 'marker' };
}
