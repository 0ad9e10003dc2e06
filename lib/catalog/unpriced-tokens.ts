import { priceOf } from './catalog';
import type { FoundationModel } from './foundation-model';
import type { Routing } from './routing';

/** Kinds of tokens whose price has to be known. Tokens of the cache without a price are counted by that of the input. */
export type TokenKind = 'input' | 'output';

/**
 * Lists the kinds of tokens of a call from `region` whose price the catalog does not know. An embedding model
 * has no output.
 */
export function unpricedTokens(model: FoundationModel, routing: Routing, region: string): readonly TokenKind[] {
  const price = priceOf(model, routing, region);
  return [
    ...(price?.input === undefined ? (['input'] as const) : []),
    ...(price?.output === undefined && model.kind === 'chat' ? (['output'] as const) : []),
  ];
}
