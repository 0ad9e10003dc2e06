import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonMap } from '../catalog/json-map';
import type { AccessPlan } from '../plan/environment/access-plan';

/**
 * Synthesizes the CDK app of one environment into a folder.
 *
 * It skips two slow steps that change no template: the validation of the CDK, which `cdk synth` runs before every
 * deployment, and the notes on where each construct was created.
 *
 * @param given context of the app, as `cdk.json` gives it
 */
export function synthesize(plan: AccessPlan, outdir: string, given: JsonMap = {}): void {
  // Loaded on demand, because loading the CDK takes longer than any command that does without it.
  const { accessApp } = require('../stacks/access-app') as typeof import('../stacks/access-app');
  const context = { ...given, 'aws:cdk:disable-creation-stack-traces': true };
  accessApp([plan], { outdir, context, builtinCloudFormationValidation: false, treeMetadata: false }).synth();
}

/** Synthesizes the CDK app of one environment into a folder that is removed after `use`. */
export async function withAssembly<T>(
  plan: AccessPlan,
  use: (folder: string) => Promise<T>,
  context: JsonMap = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-'));
  try {
    synthesize(plan, folder, context);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
