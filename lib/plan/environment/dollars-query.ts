import { findModel, priceOf } from '../../catalog/catalog';
import type { Price } from '../../catalog/foundation-model';
import type { ApplicationPlan } from '../application/application-plan';
import type { Place } from '../names/names';
import { queryFolder, RECORDS, TOKENS } from './log-queries';

/** A profile, with the price of tokens that are used through it. */
export interface PricedProfile {
  /** ARN of the profile, or a reference to it until Bedrock assigns the ARN. */
  readonly profileArn: string;
  /**
   * Price in US dollars per 1,000,000 tokens.
   *
   * @default - unknown: the catalog has no price
   */
  readonly price?: Price;
}

/** A saved query for the cost of one application. Its text is written when its profiles have ARNs. */
export interface DollarsQueryPlan {
  readonly name: string;
  readonly profiles: readonly PricedProfile[];
}

/** Decides the saved query for the cost of an application. */
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

/**
 * The kinds of tokens: the field of the query that counts each kind, and its price. Cache writes have the price for 5
 * minutes, because a record does not show whether a prefix is cached for 5 minutes or 1 hour.
 */
const KINDS = [
  ['i', 'input'],
  ['o', 'output'],
  ['cr', 'cacheRead'],
  ['cw', 'cacheWrite5m'],
] as const satisfies readonly (readonly [field: string, price: keyof Price])[];

/**
 * Writes the query for the cost of each principal and profile at list prices. Tokens without a known price are counted
 * but are in no sum.
 *
 * The query language has no conditional expression. `strcontains` returns 1 or 0, so each group of profiles with the
 * same price has a field that is 1 for its calls and 0 for all others. Prices are multiplied by these fields. A query
 * has at most 10,000 characters (PutQueryDefinition, botocore 1.44.5), and an application has at most 30 profiles.
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
