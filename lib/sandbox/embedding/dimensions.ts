import type { FoundationModel } from '../../catalog/foundation-model';
import type { JsonField } from '../json-field';

/** Vector length when the catalog does not know the model's: that of most models. */
const DEFAULT_DIMENSIONS = 1024;

/** Returns the vector length that a request asks for, which the model must support, or else the model's default. */
export function dimensions(field: JsonField, model: FoundationModel, allowed: readonly number[]): number {
  if (!field.present) {
    return model.embeddingDimensions ?? DEFAULT_DIMENSIONS;
  }
  const length = allowed.find((candidate) => candidate === field.value);
  if (length === undefined) {
    throw field.invalid(`must be one of ${allowed.join(', ')}`);
  }
  return length;
}
