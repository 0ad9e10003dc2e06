import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccessPlan } from '../plan/environment/access-plan';

/**
 * Synthesizes the CDK app of one environment into a folder that is removed afterwards, and hands the folder to `use`.
 *
 * CDK's own validation of templates is off here: it takes seconds, and `cdk synth` runs it before every deployment.
 */
export async function withAssembly<T>(plan: AccessPlan, use: (folder: string) => Promise<T>): Promise<T> {
  // Loaded on demand: the CDK costs more than all other commands together.
  const { accessApp } = require('../stacks/access-app') as typeof import('../stacks/access-app');
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-'));
  try {
    accessApp([plan], { outdir: folder, builtinCloudFormationValidation: false, treeMetadata: false }).synth();
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
