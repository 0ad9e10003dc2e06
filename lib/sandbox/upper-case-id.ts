const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An id of capitals and digits, as AWS shapes access keys and principal ids: one character per byte. */
export function upperCaseId(bytes: Uint8Array): string {
  return [...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}
