import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelName } from './model-quota';

/** Providers and display names of models, keyed by the model's id. */
export type ModelNames = Readonly<Record<string, ModelName>>;

/** Name of the file of model names beside the code of the meter. */
export const MODEL_NAMES_FILE = 'model-names.json';

/** Reads the names, which the stack places in the folder of the meter's code. */
export function readModelNames(): ModelNames {
  const file = join(process.env['LAMBDA_TASK_ROOT'] ?? __dirname, MODEL_NAMES_FILE);
  return JSON.parse(readFileSync(file, 'utf8')) as ModelNames;
}
