import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Price } from '../../lib/catalog/foundation-model';

/** List prices of the models that a Region offers, keyed by `MODEL ROUTING`. */
export type Prices = Readonly<Record<string, Price>>;

/** Name of the file of prices beside the code of a function. */
export const PRICES_FILE = 'prices.json';

/** Reads the prices, which the stack places in the folder of the function's code. */
export function readPrices(): Prices {
  const file = join(process.env['LAMBDA_TASK_ROOT'] ?? __dirname, PRICES_FILE);
  return JSON.parse(readFileSync(file, 'utf8')) as Prices;
}
