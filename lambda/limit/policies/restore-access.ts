import { messageOf } from '../../../aws/errors/message-of';
import { AwsRefusal } from './ask-aws';
import { type Carrier, union, without } from './carrier';
import type { Denial } from './denial';

/** The principals whose policies were changed, and one sentence for each change that failed. */
export interface Restored {
  readonly principals: readonly Carrier[];
  readonly failures: readonly string[];
}

/**
 * Detaches the denial from every principal, and attaches the access policies to the application's principals that lack
 * them. Which policies were detached is not remembered: it follows from what is attached and what the application has.
 */
export async function restoreAccess(
  denial: Denial,
  policyArns: readonly string[],
  principals: readonly Carrier[],
): Promise<Restored> {
  const changed: Carrier[] = [];
  const failures: string[] = [];
  const change = async (principal: Carrier, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      changed.push(principal);
    } catch (error) {
      // A principal that does not exist needs no access.
      if (!(error instanceof AwsRefusal && error.isMissing)) {
        failures.push(messageOf(error));
      }
    }
  };
  for (const principal of await denial.carriers(denial.policyArn)) {
    await change(principal, () => denial.detach(denial.policyArn, principal));
  }
  for (const arn of policyArns) {
    for (const principal of without(principals, await denial.carriers(arn))) {
      await change(principal, () => denial.attach(arn, principal));
    }
  }
  return { principals: union(changed), failures };
}
