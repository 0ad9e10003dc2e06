import { allowEverything } from '../iam/policy/allow-everything';
import type { Policy } from '../iam/policy/policy';

const EVERYTHING = allowEverything('').document;

/**
 * Returns a managed policy that no template defines. Its text is not known and its owner may change it, so it is taken to
 * allow everything. It must be judged under a boundary.
 */
export function assumedPolicy(arn: string): Policy {
  return { name: arn, document: EVERYTHING };
}

/** True for a policy whose text is not known. */
export function isAssumed({ document }: Policy): boolean {
  return document === EVERYTHING;
}
