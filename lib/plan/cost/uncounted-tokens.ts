import { findModel } from '../../catalog/catalog';
import { type TokenKind, unpricedTokens } from '../../catalog/unpriced-tokens';
import type { AccessPlan } from '../environment/access-plan';

/** Tokens of one model of an application that are missing from every estimate, because their price is not known. */
export interface UncountedTokens {
  readonly application: string;
  readonly alias: string;
  readonly modelId: string;
  readonly routing: string;
  readonly tokens: readonly TokenKind[];
}

/** Lists the tokens that the estimated dollars of a plan's applications cannot contain. */
export function uncountedTokens({
  applications,
  region,
}: Pick<AccessPlan, 'applications' | 'region'>): readonly UncountedTokens[] {
  return applications.flatMap(({ name, generations }) =>
    generations.flatMap(({ alias, modelId, routing }) => {
      const model = findModel(modelId);
      const tokens: readonly TokenKind[] =
        model === undefined ? ['input', 'output'] : unpricedTokens(model, routing, region);
      return tokens.length === 0 ? [] : [{ application: name, alias, modelId, routing, tokens }];
    }),
  );
}
