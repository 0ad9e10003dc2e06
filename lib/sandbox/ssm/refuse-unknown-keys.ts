import type { JsonField } from '../json-field';

/** Refuses keys that the sandbox does not support. An answer that ignores a key could be wrong. */
export function refuseUnknownKeys(input: JsonField, known: readonly string[]): void {
  const unknown = input.keys().find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw input.at(unknown).invalid(`is not supported by the sandbox; it supports ${known.join(', ')}`);
  }
}
