import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  type IAMClient,
  ListEntitiesForPolicyCommand,
  type ListEntitiesForPolicyResponse,
} from '@aws-sdk/client-iam';
import { type AskAws, AwsRefusal } from './ask-aws';

/** A role or a user that a policy is or can be attached to. */
export interface Carrier {
  readonly kind: 'role' | 'user';
  readonly name: string;
}

export const inWords = ({ kind, name }: Carrier): string => `${kind} ${name}`;

/** The result of attaching or detaching a denial. */
export interface Changed {
  /** Roles and users for which the call succeeded. */
  readonly changed: readonly Carrier[];
  readonly failures: readonly string[];
}

/** The denial of one application, changed with the application's own limit role. */
export interface Denial {
  /** Lists the roles and users that the denial is attached to. Returns `undefined` if the policy does not exist. */
  carriers(): Promise<readonly Carrier[] | undefined>;
  /** Lists the roles and users that the application's access policy is attached to, including the probe roles. */
  entitled(): Promise<readonly Carrier[]>;
  attach(to: readonly Carrier[]): Promise<Changed>;
  detach(from: readonly Carrier[]): Promise<Changed>;
}

/**
 * Returns the denial of one application. Every call may be repeated: IAM attaches a policy only once, and it is no
 * failure to detach a policy that is not attached.
 */
export function denial(iam: IAMClient, ask: AskAws, PolicyArn: string, accessPolicyArn: string): Denial {
  const carriersOf = async (arn: string): Promise<readonly Carrier[]> => {
    const found: Carrier[] = [];
    let Marker: string | undefined;
    do {
      const page: ListEntitiesForPolicyResponse = await ask(`list the principals of ${arn}`, (abortSignal) =>
        iam.send(new ListEntitiesForPolicyCommand({ PolicyArn: arn, Marker }), { abortSignal }),
      );
      found.push(
        ...(page.PolicyRoles ?? []).map(({ RoleName = '' }) => ({ kind: 'role' as const, name: RoleName })),
        ...(page.PolicyUsers ?? []).map(({ UserName = '' }) => ({ kind: 'user' as const, name: UserName })),
      );
      Marker = page.IsTruncated === true ? page.Marker : undefined;
    } while (Marker !== undefined);
    return found.sort((a, b) => (inWords(a) < inWords(b) ? -1 : 1));
  };
  return {
    carriers: () => carriersOf(PolicyArn).catch(unlessGone(undefined)),
    entitled: () => carriersOf(accessPolicyArn),
    attach: (to) =>
      each(to, ({ kind, name }) =>
        ask(`attach ${PolicyArn} to ${kind} ${name}`, (abortSignal) =>
          kind === 'role'
            ? iam.send(new AttachRolePolicyCommand({ PolicyArn, RoleName: name }), { abortSignal })
            : iam.send(new AttachUserPolicyCommand({ PolicyArn, UserName: name }), { abortSignal }),
        ),
      ),
    detach: (from) =>
      each(from, ({ kind, name }) =>
        ask(`detach ${PolicyArn} from ${kind} ${name}`, (abortSignal) =>
          kind === 'role'
            ? iam.send(new DetachRolePolicyCommand({ PolicyArn, RoleName: name }), { abortSignal })
            : iam.send(new DetachUserPolicyCommand({ PolicyArn, UserName: name }), { abortSignal }),
        ),
      ),
  };
}

/** Changes one role or user after the other, because IAM throttles changes. A failure does not stop the others. */
async function each(carriers: readonly Carrier[], change: (carrier: Carrier) => Promise<unknown>): Promise<Changed> {
  const changed: Carrier[] = [];
  const failures: string[] = [];
  for (const carrier of carriers) {
    try {
      await change(carrier);
      changed.push(carrier);
    } catch (error) {
      // A principal or policy that no longer exists needs no change.
      if (!(error instanceof AwsRefusal && error.isMissing)) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
  }
  return { changed, failures };
}

function unlessGone<T>(otherwise: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof AwsRefusal && error.isMissing) {
      return otherwise;
    }
    throw error;
  };
}
