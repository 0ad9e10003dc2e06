import type { JsonField } from '../json-field';

/** Refuses what the sandbox would otherwise ignore in silence, and so answer wrongly. */
export function onlyKeys(input: JsonField, known: readonly string[]): void {
  const unknown = input.keys().find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw input.at(unknown).invalid(`is not taken by the sandbox; it takes ${known.join(', ')}`);
  }
}
