import type { AwsPrice } from '../../catalog/aws-prices';

/** Something that this project itself is charged for. */
export interface OwnCostItem {
  readonly item: string;
  /** How many a month. */
  readonly quantity: number;
  readonly unit: string;
  /** US dollars a month. */
  readonly usd: number;
  /** How the quantity is come by. */
  readonly basis: string;
}

/** An item at a price of AWS. */
export function priced(
  item: string,
  { usd, unit }: AwsPrice,
  quantity: number,
  { basis }: { readonly basis: string },
): OwnCostItem {
  return { item, quantity, unit, usd: quantity * usd, basis };
}
