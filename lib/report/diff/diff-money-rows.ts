import type { AccessDiff } from '../../proof/matrix/diff-access';
import type { AliasPrice, BudgetChange, PriceChange } from '../../proof/matrix/diff-money';
import type { WriteName } from './diff-words';

/** A row of the money table: what it is about, its value before and after, and the change. */
export type MoneyRow = readonly [subject: string, before: string, after: string, change: string];

/** Formats US dollars, with cents only if there are any. */
function usd(dollars: number): string {
  const digits = Number.isInteger(dollars) ? 0 : 2;
  const amount = Math.abs(dollars).toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${dollars < 0 ? '-' : ''}$${amount}`;
}

export function usdChange(before: number, after: number): string {
  const change = Math.round((after - before) * 100) / 100;
  return change === 0 ? 'none' : `${change > 0 ? '+' : ''}${usd(change)}`;
}

/** Returns a row for each changed budget, for the sum of all budgets, and for each changed price. */
export function moneyRows({ budgets, prices }: AccessDiff, name: WriteName): readonly MoneyRow[] {
  return [
    ...(budgets?.changes ?? []).map((b) => budgetRow(b, name)),
    ...(budgets === undefined || budgets.changes.length === 0
      ? []
      : [
          [
            'all budgets, a month',
            usd(budgets.before),
            usd(budgets.after),
            usdChange(budgets.before, budgets.after),
          ] as const,
        ]),
    ...prices.map((p) => priceRow(p, name)),
  ];
}

function budgetRow({ application, before, after, stays }: BudgetChange, name: WriteName): MoneyRow {
  return [
    `budget of ${name(application)}, a month`,
    before === undefined ? 'none' : usd(before),
    after === undefined ? 'none' : usd(after),
    after === undefined && stays ? 'no longer limited' : usdChange(before ?? 0, after ?? 0),
  ];
}

function priceRow({ application, alias, comparedWith, before, after }: PriceChange, name: WriteName): MoneyRow {
  const change = [before, after].some(({ price }) => price === null)
    ? 'unknown'
    : (['input', 'output'] as const).map((way) => percent(before.price?.[way], after.price?.[way])).join(' / ');
  return [
    `price of ${name(`${application}/${alias}`)}, 1 M tokens in / out`,
    `${priceText(before)}${comparedWith === 'dearest' ? ' (dearest before)' : ''}`,
    priceText(after),
    change,
  ];
}

/** Formats a price. Embedding models return no tokens, so they have no output price. */
function priceText({ price }: AliasPrice): string {
  return price === null ? 'unknown' : `$${price.input} / ${price.output === undefined ? '-' : `$${price.output}`}`;
}

function percent(before: number | undefined, after: number | undefined): string {
  if (before === after) {
    return before === undefined ? '-' : 'none';
  }
  if (before === undefined || after === undefined || before === 0) {
    return before === undefined || before === 0 ? 'new' : 'gone';
  }
  const change = Math.round((after / before - 1) * 1000) / 10;
  return `${change > 0 ? '+' : ''}${change} %`;
}
