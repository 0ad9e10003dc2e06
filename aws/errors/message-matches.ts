import type { ReadError } from './read-error';

/** Returns a predicate that is true for errors whose full message matches the pattern. */
export const messageMatches =
  (pattern: RegExp) =>
  ({ fullMessage }: ReadError): boolean =>
    pattern.test(fullMessage);
