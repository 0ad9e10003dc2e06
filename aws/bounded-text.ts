import { stripVTControlCharacters } from 'node:util';

const LIMIT = 500;

/**
 * Patterns of possible credentials in an error text. When a signature does not match, AWS quotes the headers of the
 * request, and the session token is one of them.
 */
const SECRETS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/\bbedrock-api-key-\S+/g, '[removed]'],
  [/(x-amz-(?:security-token|signature)["']?\s*[:=]\s*)\S+/gi, '$1[removed]'],
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b/g, '[removed]'],
  [/\bABSK[A-Za-z0-9+/=]{20,}/g, '[removed]'],
  [/[A-Za-z0-9+/=%]{100,}/g, '[removed]'],
];

/** A control character, text-direction mark, invisible character, line separator or lone surrogate. */
export const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;
const ALL_UNPRINTABLE = new RegExp(`${UNPRINTABLE.source}+`, 'gu');

/**
 * Puts a text from outside on one line, removes what is not printable and possible credentials, and cuts it to at most
 * `limit` characters.
 */
export function boundedText(text: string, limit = LIMIT): string {
  // Very long texts are cut before the search as well: characters beyond this point cannot reach the result.
  const printable = stripVTControlCharacters(text.slice(0, 20_000)).replace(ALL_UNPRINTABLE, ' ');
  const oneLine = printable.replace(/\s+/g, ' ').trim();
  const clean = SECRETS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), oneLine);
  return clean.length <= limit ? clean : `${clean.slice(0, limit - 1).replace(/\p{Cs}$/u, '')}…`;
}
