import { asciiLowerCase } from '../policy/ascii-lower-case';
import type { RequestContext } from './access-request';

/** Condition keys in lower case -> values, at least one. */
export type ContextKeys = ReadonlyMap<string, readonly string[]>;

/**
 * The context by lower-case key.
 *
 * A key without values counts as absent. Keys that differ in case only are one key with the values of both.
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
