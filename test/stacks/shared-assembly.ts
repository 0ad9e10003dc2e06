import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessPlan } from '../../lib/plan/environment/access-plan';
import { planDigest } from '../../lib/plan/environment/plan-digest';

/** Synthesizes the environment of a plan into a folder, without CDK's own validation. */
export function synthesize(plan: AccessPlan, outdir: string): void {
  // Loaded on demand: where an assembly is there already, nobody needs the CDK.
  const { accessApp } = require('../../lib/stacks/access-app') as typeof import('../../lib/stacks/access-app');
  accessApp([plan], { outdir, builtinCloudFormationValidation: false, treeMetadata: false }).synth();
}

/** The assembly of a plan, synthesized by the first test file of a run that needs it. Nobody may write to it. */
export function sharedAssembly(plan: AccessPlan): string {
  const shared = process.env['SHARED_ASSEMBLIES'];
  if (shared === undefined) {
    throw new Error('jest runs without its globalSetup, which makes the folder of shared assemblies');
  }
  const folder = join(shared, planDigest(plan));
  if (!existsSync(folder)) {
    const own = mkdtempSync(join(shared, 'new-'));
    synthesize(plan, own);
    try {
      renameSync(own, folder);
    } catch {
      // Another test file was faster.
      rmSync(own, { recursive: true });
    }
  }
  return folder;
}
