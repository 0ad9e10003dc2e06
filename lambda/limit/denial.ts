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

/** A role or a user, by its name. */
export interface Carrier {
  readonly kind: 'role' | 'user';
  readonly name: string;
}

export const inWords = ({ kind, name }: Carrier): string => `${kind} ${name}`;

/** Whom a denial was attached to or detached from, and whom not. */
export interface Moved {
  readonly moved: readonly Carrier[];
  readonly failures: readonly string[];
}

/** The denial of one application, as the application's own role may change it. */
export interface Denial {
  /** Who carries it; `undefined` where there is no such policy. */
  carriers(): Promise<readonly Carrier[] | undefined>;
  /** Who carries the application's access, those included that only try it. */
  entitled(): Promise<readonly Carrier[]>;
  attach(to: readonly Carrier[]): Promise<Moved>;
  detach(from: readonly Carrier[]): Promise<Moved>;
}

/** Attaching twice is one attachment to IAM, and detaching what is gone does no harm: any of it may be repeated. */
export function denial(iam: IAMClient, ask: AskAws, PolicyArn: string, accessPolicyArn: string): Denial {
  const carriersOf = async (arn: string): Promise<readonly Carrier[]> => {
    const found: Carrier[] = [];
    let Marker: string | undefined;
    do {
      const page: ListEntitiesForPolicyResponse = await ask(`list who carries ${arn}`, (abortSignal) =>
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

/** One after the other, since IAM throttles changes; whom it fails for keeps nobody else from it. */
async function each(carriers: readonly Carrier[], move: (carrier: Carrier) => Promise<unknown>): Promise<Moved> {
  const moved: Carrier[] = [];
  const failures: string[] = [];
  for (const carrier of carriers) {
    try {
      await move(carrier);
      moved.push(carrier);
    } catch (error) {
      // Who or what is gone carries nothing.
      if (!(error instanceof AwsRefusal && error.nothingThere)) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
  }
  return { moved, failures };
}

function unlessGone<T>(otherwise: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof AwsRefusal && error.nothingThere) {
      return otherwise;
    }
    throw error;
  };
}
