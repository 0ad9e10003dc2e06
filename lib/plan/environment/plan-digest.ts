import { createHash } from 'node:crypto';
import type { AccessPlan } from './access-plan';

/** Tells plans apart; the same plan always has the same. */
export function planDigest(plan: AccessPlan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex');
}
