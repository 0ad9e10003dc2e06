import { asciiLowerCase } from '../policy/ascii-lower-case';
import type { RequestContext } from './access-request';

/** Values of each condition key, by the key's name in lower case. Every key has at least one value. */
export type ContextKeys = ReadonlyMap<string, readonly string[]>;

/**
 * Indexes the context by lower-case key.
 *
 * A key without values counts as absent. Keys whose names differ only in case become one key with the values of both.
 */
export function contextKeys(context: RequestContext): ContextKeys {
  const keys = new Map<string, readonly string[]>();
  for (const [name, values] of Object.entries(context)) {
    if (values.length > 0) {
      const key = asciiLowerCase(name);
      keys.set(key, [...(keys.get(key) ?? []), ...values]);
    }
  }
  return keys;
}
