import { dollarsOf, fromUsd, inUsd } from '../../../lambda/dollars/dollars-of';
import { findModel, MODEL_IDS } from '../../../lib/catalog/catalog';

test.each<[tokens: number, usdPerMillion: number | undefined, usd: number | undefined]>([
  [1, 3.3, 0.0000033],
  [1_000_000, 0.10725, 0.10725],
  [3, 0.1, 0.0000003],
  [999_999_999_999, 16.5, 16_499_999.9999835],
  [0, 3, 0],
  [0, undefined, 0],
  [1, undefined, undefined],
])('%d tokens at %p per million cost %p', (tokens, usdPerMillion, usd) => {
  const dollars = dollarsOf(tokens, usdPerMillion);
  expect(dollars === undefined ? undefined : inUsd(dollars)).toBe(usd);
});

test('a million times the cost of three tokens is the cost of three million', () => {
  // Added up as JavaScript numbers, the result would be 0.30000000000419963.
  const one = dollarsOf(3, 0.1) ?? 0n;
  let sum = 0n;
  for (let i = 0; i < 1_000_000; i++) {
    sum += one;
  }
  expect(inUsd(sum)).toBe(0.3);
});

test('an amount that is written as dollars is read back unchanged', () => {
  const amount = 10_116_891_459_932n;
  expect(fromUsd(inUsd(amount))).toBe(amount);
});

test('every price of the catalog is a whole number of pico-dollars per token', () => {
  const prices = MODEL_IDS.flatMap((id) => {
    const { base, routing = {}, region = {} } = findModel(id)?.prices ?? {};
    return [base ?? {}, ...Object.values(routing), ...Object.values(region)].flatMap((price) =>
      Object.values<number>(price),
    );
  });
  expect(prices.length).toBeGreaterThan(500);
  expect(prices.filter((price) => Number((Math.round(price * 1e6) / 1e6).toPrecision(12)) !== price)).toEqual([]);
});
