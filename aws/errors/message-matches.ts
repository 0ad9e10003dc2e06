import type { ReadError } from './read-error';

export const messageMatches =
  (pattern: RegExp) =>
  ({ fullMessage }: ReadError): boolean =>
    pattern.test(fullMessage);
