import type { FoundationModel } from '../../catalog/foundation-model';
import type { JsonField } from '../json-field';

/** Where the catalog does not know: what most models answer. */
const USUAL = 1024;

/** The length that a request asks for, which must be one the model has, or else the model's own. */
export function dimensions(field: JsonField, model: FoundationModel, allowed: readonly number[]): number {
  if (!field.present) {
    return model.embeddingDimensions ?? USUAL;
  }
  const found = allowed.find((length) => length === field.value);
  if (found === undefined) {
    throw field.invalid(`must be one of ${allowed.join(', ')}`);
  }
  return found;
}
