import { createHash } from 'node:crypto';
import type { AccessPlan } from './access-plan';

/** Returns a digest of a plan. The same plan always has the same digest. */
export function planDigest(plan: AccessPlan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex');
}
