import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonMap } from '../../lib/catalog/json-map';
import { synthesize } from '../../lib/cli/synthesize';
import type { AccessPlan } from '../../lib/plan/environment/access-plan';
import { planDigest } from '../../lib/plan/environment/plan-digest';

/** The assembly of a plan, synthesized by the first test file of a run that needs it. Nobody may write to it. */
export function sharedAssembly(plan: AccessPlan, context: JsonMap = {}): string {
  const shared = process.env['SHARED_ASSEMBLIES'];
  if (shared === undefined) {
    throw new Error('jest runs without its globalSetup, which makes the folder of shared assemblies');
  }
  const folder = join(shared, `${planDigest(plan)}-${createHash('md5').update(JSON.stringify(context)).digest('hex')}`);
  if (!existsSync(folder)) {
    const own = mkdtempSync(join(shared, 'new-'));
    synthesize(plan, own, context);
    try {
      renameSync(own, folder);
    } catch {
      // Another test file was faster.
      rmSync(own, { recursive: true });
    }
  }
  return folder;
}
