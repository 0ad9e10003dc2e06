import { createHash } from 'node:crypto';
import type { Resource } from '../resource/resource';

/** Text of `length` lower-case letters and digits that depends on `seed` alone. */
export function token(seed: string, length: number): string {
  const digest = createHash('sha256').update(seed).digest();
  return Array.from({ length }, (_, i) => ((digest[i] ?? 0) % 36).toString(36)).join('');
}

/** The name that CloudFormation would make up for a resource without one. */
export function madeUpName(r: Resource): string {
  return `${r.stack.stackName}-${r.logicalId}-${token(`${r.stack.stackName}/${r.logicalId}`, 12).toUpperCase()}`;
}

/** The name that the template gives, or the one that CloudFormation would make up. */
export function named(r: Resource, property: string): string {
  const name = r.property(property);
  return typeof name === 'string' ? name : madeUpName(r);
}
