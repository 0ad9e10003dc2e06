#!/usr/bin/env node
/**
 * Writes the IAM actions that CloudFormation's handlers call: `node scripts/import-resource-handlers.mjs FOLDER`.
 *
 * The source is the registry schemas that cfn-lint bundles. FOLDER is `cfnlint/data/schemas` in an unpacked wheel. Types
 * outside the registry, and the actions that are left out with their reasons, are written by hand and not changed.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node scripts/import-resource-handlers.mjs FOLDER');
  process.exit(2);
}
const target = join(import.meta.dirname, '..', 'lib', 'catalog', 'data', 'resource-handlers.json');
const read = (...path) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
const kept = JSON.parse(readFileSync(target, 'utf8'));
const schemas = read('providers', 'us-east-1.json');
const permissions = (handler) => [...new Set(handler?.permissions ?? [])].sort();

function handlers(type) {
  const { handlers, tagging } = read('resources', `${schemas[type]}.json`);
  return {
    create: permissions(handlers.create),
    read: permissions(handlers.read),
    update: permissions(handlers.update),
    delete: permissions(handlers.delete),
    tags: permissions(tagging),
  };
}

const types = Object.entries(kept.types).map(([type, old]) => [type, 'source' in old ? old : handlers(type)]);
const schemaDate = read('version.json').schema_date.slice(0, 10);
const written = { source: kept.source, schemaDate, types: Object.fromEntries(types), leftOut: kept.leftOut };
writeFileSync(`${target}.new`, `${JSON.stringify(written, null, 2)}\n`);
renameSync(`${target}.new`, target);
