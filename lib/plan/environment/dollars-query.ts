import { findModel, priceOf } from '../../catalog/catalog';
import type { Price } from '../../catalog/foundation-model';
import type { ApplicationPlan } from '../application/application-plan';
import type { Place } from '../names/names';
import { queryFolder, RECORDS, TOKENS } from './log-queries';

/** A profile, and what a token costs through it. */
export interface PricedProfile {
  /** Stands for the ARN that Bedrock gives the profile, until that is known. */
  readonly profileArn: string;
  /**
   * In US dollars per 1,000,000 tokens.
   *
   * @default - the catalog knows none
   */
  readonly price?: Price;
}

/** A question about the dollars of one application, to be written down once its profiles have ARNs. */
export interface DollarsQueryPlan {
  readonly name: string;
  readonly profiles: readonly PricedProfile[];
}

/** Decides the question about an application's dollars. */
export function planDollarsQuery(
  { environment, region }: Place,
  { name, generations }: ApplicationPlan,
): DollarsQueryPlan {
  return {
    name: `${queryFolder(environment)}/${name}/dollars by principal and profile`,
    profiles: generations.map(({ profileArn, modelId, routing }): PricedProfile => {
      const model = findModel(modelId);
      const price = model && priceOf(model, routing, region);
      return { profileArn, ...(price !== undefined && { price }) };
    }),
  };
}

/** A kind of tokens: the field of the query that counts it, and its price. A record does not tell 5 minutes from 1 hour. */
const KINDS = [
  ['i', 'input'],
  ['o', 'output'],
  ['cr', 'cacheRead'],
  ['cw', 'cacheWrite5m'],
] as const satisfies readonly (readonly [field: string, price: keyof Price])[];

/**
 * The dollars of each principal and profile at list prices, and the tokens whose price nobody knows: these are in no sum.
 *
 * The query language has no choice between cases. `strcontains` gives 1 or 0, so each group of profiles of one price has a
 * field that is 1 for its calls and 0 for all others, and prices are multiplied by those. A question has at most 10,000
 * characters (PutQueryDefinition, botocore 1.44.5), and an application at most 30 profiles.
 */
export function dollarsQuery(profiles: readonly PricedProfile[]): string {
  const groups = new Map<string, { readonly price: Price | undefined; readonly arns: string[] }>();
  for (const { profileArn, price } of profiles) {
    const key = JSON.stringify(price ?? null);
    const group = groups.get(key) ?? { price, arns: [] };
    groups.set(key, group);
    group.arns.push(profileArn);
  }
  const priced = [...groups.values()].map(({ price, arns }, i) => ({ field: `p${i}`, price, arns }));
  const fields = priced.map(
    ({ field, arns }) => `${arns.map((arn) => `strcontains(modelId, "${arn}")`).join(' + ')} as ${field}`,
  );
  const known = KINDS.flatMap(([tokens, kind]) =>
    times(
      tokens,
      priced.flatMap(({ field, price }) => (price?.[kind] === undefined ? [] : [`${field} * ${price[kind]}`])),
    ),
  );
  const unknown = KINDS.flatMap(([tokens, kind]) =>
    times(
      tokens,
      priced.flatMap(({ field, price }) => (price?.[kind] === undefined ? [field] : [])),
    ),
  );
  const sums = [
    ...(known.length > 0 ? ['sum(dollars) as usd'] : []),
    ...(unknown.length > 0 ? ['sum(unpriced) as tokensWithoutPrice'] : []),
    'count(*) as calls',
  ];
  return [
    RECORDS,
    `fields identity.arn as principal, ${TOKENS}`,
    `fields ${fields.join(', ')}`,
    `filter ${priced.map(({ field }) => field).join(' + ')} > 0`,
    ...(known.length > 0 ? [`fields (${known.join(' + ')}) / 1000000 as dollars`] : []),
    ...(unknown.length > 0 ? [`fields ${unknown.join(' + ')} as unpriced`] : []),
    `stats ${sums.join(', ')} by principal, modelId`,
    `sort ${known.length > 0 ? 'usd' : 'calls'} desc`,
  ].join('\n| ');
}

function times(tokens: string, factors: readonly string[]): readonly string[] {
  return factors.length === 0 ? [] : [`${tokens} * (${factors.join(' + ')})`];
}
