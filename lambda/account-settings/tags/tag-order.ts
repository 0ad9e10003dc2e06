import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { boundedText } from '../../../aws/bounded-text';
import { property } from '../../../aws/property';

/** Maximum length of a tag key. AWS accepts 1 to 1,024 characters (UpdateCostAllocationTagsStatus, botocore 1.44.5). */
const MAX_CHARACTERS = 1_024;

/**
 * Reads the tag keys from the file that is deployed with the code, and nothing from the event: an event only wakes the
 * function. Throws an error that shows the wrong value.
 */
export function readTagKeys(): readonly string[] {
  const file = join(process.env['LAMBDA_TASK_ROOT'] ?? __dirname, 'tag-keys.json');
  if (!existsSync(file)) {
    throw new Error('the environment file leaves the cost allocation tags as they are');
  }
  return parseTagKeys(JSON.parse(readFileSync(file, 'utf8')));
}

function parseTagKeys(value: unknown): readonly string[] {
  const keys = property(value, 'TagKeys');
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isKey)) {
    const found = boundedText(JSON.stringify(keys) ?? 'undefined');
    throw new Error(`cost allocation tags have the TagKeys ${found}; allowed: a list of keys`);
  }
  return [...new Set<string>(keys)].sort();
}

function isKey(key: unknown): key is string {
  return typeof key === 'string' && key !== '' && key.length <= MAX_CHARACTERS;
}
