const LIMIT = 500;

/**
 * What in an error text could be a credential. AWS quotes the request's headers, the session token among them, when a
 * signature does not match.
 */
const SECRETS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/\bbedrock-api-key-\S+/g, '[removed]'],
  [/(x-amz-(?:security-token|signature)["']?\s*[:=]\s*)\S+/gi, '$1[removed]'],
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b/g, '[removed]'],
  [/\bABSK[A-Za-z0-9+/=]{20,}/g, '[removed]'],
  [/[A-Za-z0-9+/=%]{100,}/g, '[removed]'],
];

/** A text from outside, without what could be a credential, on one line and at most `limit` characters long. */
export function boundedText(text: string, limit = LIMIT): string {
  // Longer texts are cut before the search too: nothing that far behind can end up in the result.
  const oneLine = text.slice(0, 20_000).replace(/\s+/g, ' ').trim();
  const clean = SECRETS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), oneLine);
  return clean.length <= limit ? clean : `${clean.slice(0, limit - 1)}…`;
}
