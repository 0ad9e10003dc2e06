import type { AccessPlan } from '../../plan/environment/access-plan';

/** Warns about everything the file asks for that this version does not create, so that nobody relies on it. */
export function notCreatedLine({ notCreated }: AccessPlan): string {
  return `! not created by this version, although the file asks for it: ${notCreated.join(', ')}`;
}
