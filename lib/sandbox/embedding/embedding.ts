import type { FoundationModel } from '../../catalog/foundation-model';
import type { JsonField } from '../json-field';

/** Response of an embedding model, and the number of tokens that it read. */
export interface Embedding {
  readonly answer: Readonly<Record<string, unknown>>;
  readonly inputTokens: number;
}

/** Embeds an input as one family of models does. Each family has its own form of request and response. */
export type Embed = (body: JsonField, model: FoundationModel) => Embedding;
