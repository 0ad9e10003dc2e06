import { createHash } from 'node:crypto';
import type { Resource } from '../resource/resource';

/** Returns `length` lower-case letters and digits that depend on `seed` alone. */
export function token(seed: string, length: number): string {
  const digest = createHash('sha256').update(seed).digest();
  return Array.from({ length }, (_, i) => ((digest[i] ?? 0) % 36).toString(36)).join('');
}

/** Returns a name in the format that CloudFormation generates for a resource without a name. */
export function generatedName(r: Resource): string {
  return `${r.stack.stackName}-${r.logicalId}-${token(`${r.stack.stackName}/${r.logicalId}`, 12).toUpperCase()}`;
}

/** Returns the name that the template sets in `property`, or a generated name when it sets none. */
export function resourceName(r: Resource, property: string): string {
  const name = r.property(property);
  return typeof name === 'string' ? name : generatedName(r);
}
