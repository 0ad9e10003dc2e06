#!/usr/bin/env node
/**
 * Writes the create-only properties of every type that templates may have: `npx tsx scripts/import-create-only.mjs
 * FOLDER`.
 *
 * CloudFormation replaces a resource when such a property changes. The source is the registry schemas that cfn-lint
 * bundles. FOLDER is `cfnlint/data/schemas` in an unpacked wheel.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESOURCE_TYPES } from '../lib/account/types/resource-types';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: npx tsx scripts/import-create-only.mjs FOLDER');
  process.exit(2);
}
const root = join(import.meta.dirname, '..');
const target = join(root, 'test', 'stacks', 'create-only.json');
const read = (...path) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
const schemas = read('providers', 'us-east-1.json');

/** Converts a JSON pointer: `/properties/Budget/BudgetName` becomes `Budget.BudgetName`. */
const path = (pointer) => pointer.replace('/properties/', '').replaceAll('/', '.');

function createOnly(type) {
  const { createOnlyProperties = [], conditionalCreateOnlyProperties = [] } = read(
    'resources',
    `${schemas[type]}.json`,
  );
  return [...createOnlyProperties, ...conditionalCreateOnlyProperties].map(path).sort();
}

const written = {
  source: 'createOnlyProperties of the CloudFormation registry schemas in cfn-lint 1.58.0 (PyPI)',
  schemaDate: read('version.json').schema_date.slice(0, 10),
  types: Object.fromEntries(
    [...RESOURCE_TYPES.keys(), 'AWS::CloudFormation::CustomResource']
      .filter((type) => type in schemas)
      .sort()
      .map((type) => [type, createOnly(type)]),
  ),
};
writeFileSync(`${target}.new`, `${JSON.stringify(written, null, 2)}\n`);
renameSync(`${target}.new`, target);
