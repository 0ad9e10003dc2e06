import { messageOf } from '../../../aws/errors/message-of';
import { type Carrier, inWords, union, without } from './carrier';
import type { Denial } from './denial';

/** The principals that were denied now, by the way in which it was done. */
export interface Denied {
  /** The denial was attached to them. */
  readonly attached: readonly Carrier[];
  /** The denial could not be attached to them, so the application's access policies were detached from them. */
  readonly withoutAccess: readonly Carrier[];
  /** One sentence for each principal that can still call the application's profiles. */
  readonly failures: readonly string[];
}

/** Lists the principals with access to the application and without its denial. Probe roles are left out. */
export async function undeniedPrincipals(
  denial: Denial,
  policyArns: readonly string[],
  probeRoleNames: readonly string[],
): Promise<readonly Carrier[]> {
  const entitled = await entitledPrincipals(denial, policyArns);
  const probes = probeRoleNames.map((name) => ({ kind: 'role', name }) as const);
  return without(without(entitled, probes), await denial.carriers(denial.policyArn));
}

/** Lists the principals that at least one of the application's access policies is attached to. */
export async function entitledPrincipals(denial: Denial, policyArns: readonly string[]): Promise<readonly Carrier[]> {
  const lists: (readonly Carrier[])[] = [];
  for (const arn of policyArns) {
    lists.push(await denial.carriers(arn));
  }
  return union(...lists);
}

/**
 * Denies principals the application's profiles: by attaching the denial or, where IAM refuses that, by detaching the
 * policies that grant the access. IAM has a quota for attached policies and none for detaching them.
 *
 * One principal is changed after the other, because IAM throttles changes. A failure does not stop the others.
 */
export async function denyPrincipals(
  denial: Denial,
  policyArns: readonly string[],
  principals: readonly Carrier[],
): Promise<Denied> {
  const attached: Carrier[] = [];
  const withoutAccess: Carrier[] = [];
  const failures: string[] = [];
  for (const principal of principals) {
    try {
      await denial.attach(denial.policyArn, principal);
      attached.push(principal);
    } catch (refusal) {
      try {
        for (const arn of policyArns) {
          await denial.detach(arn, principal);
        }
        withoutAccess.push(principal);
      } catch (error) {
        failures.push(`${inWords(principal)} is not denied: ${messageOf(refusal)}; ${messageOf(error)}`);
      }
    }
  }
  return { attached, withoutAccess, failures };
}
