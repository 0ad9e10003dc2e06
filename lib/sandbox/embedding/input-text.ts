import type { JsonField } from '../json-field';

/** Reads a text to embed, which must not be empty. */
export function inputText(field: JsonField): string {
  const text = field.text();
  if (text === '') {
    throw field.invalid('must not be empty');
  }
  return text;
}
