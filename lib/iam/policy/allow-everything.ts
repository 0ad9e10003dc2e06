import type { Policy } from './policy';

/** Returns a policy that allows everything, so that only the other policies decide. */
export function allowEverything(name: string): Policy {
  return { name, document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } };
}
