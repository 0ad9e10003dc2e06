import type { AwsPrice } from '../../catalog/aws-prices';

/** One item of the monthly cost of this project itself. */
export interface OwnCostItem {
  readonly item: string;
  /** Number of units per month. */
  readonly quantity: number;
  readonly unit: string;
  /** US dollars per month. */
  readonly usd: number;
  /** Explanation of the quantity. */
  readonly basis: string;
}

/** Makes an item from a list price of AWS. */
export function priced(
  item: string,
  { usd, unit }: AwsPrice,
  quantity: number,
  { basis }: { readonly basis: string },
): OwnCostItem {
  return { item, quantity, unit, usd: quantity * usd, basis };
}
