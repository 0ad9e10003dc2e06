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
import { type Carrier, union } from './carrier';

/** The policies of one application, which its own limit role attaches and detaches. */
export interface Denial {
  /** ARN of the policy that denies the application's profiles. */
  readonly policyArn: string;
  /** Lists the roles and users that a policy is attached to. Returns none if the policy does not exist. */
  readonly carriers: (policyArn: string) => Promise<readonly Carrier[]>;
  readonly attach: (policyArn: string, to: Carrier) => Promise<void>;
  /** Detaches a policy. It is no error if the principal or the policy does not exist, or if it is not attached. */
  readonly detach: (policyArn: string, from: Carrier) => Promise<void>;
}

/** Returns the denial of one application. Every call may be repeated: IAM attaches a policy only once. */
export function denial(iam: IAMClient, ask: AskAws, policyArn: string): Denial {
  return {
    policyArn,
    async carriers(PolicyArn) {
      const found: Carrier[] = [];
      let Marker: string | undefined;
      do {
        const page: ListEntitiesForPolicyResponse | undefined = await ask(
          `list the principals of ${PolicyArn}`,
          (abortSignal) => iam.send(new ListEntitiesForPolicyCommand({ PolicyArn, Marker }), { abortSignal }),
        ).catch(unlessMissing);
        found.push(
          ...(page?.PolicyRoles ?? []).map(({ RoleName = '' }) => ({ kind: 'role' as const, name: RoleName })),
          ...(page?.PolicyUsers ?? []).map(({ UserName = '' }) => ({ kind: 'user' as const, name: UserName })),
        );
        Marker = page?.IsTruncated === true ? page.Marker : undefined;
      } while (Marker !== undefined);
      return union(found);
    },
    async attach(PolicyArn, { kind, name }) {
      await ask(`attach ${PolicyArn} to ${kind} ${name}`, (abortSignal) =>
        kind === 'role'
          ? iam.send(new AttachRolePolicyCommand({ PolicyArn, RoleName: name }), { abortSignal })
          : iam.send(new AttachUserPolicyCommand({ PolicyArn, UserName: name }), { abortSignal }),
      );
    },
    async detach(PolicyArn, { kind, name }) {
      await ask(`detach ${PolicyArn} from ${kind} ${name}`, (abortSignal) =>
        kind === 'role'
          ? iam.send(new DetachRolePolicyCommand({ PolicyArn, RoleName: name }), { abortSignal })
          : iam.send(new DetachUserPolicyCommand({ PolicyArn, UserName: name }), { abortSignal }),
      ).catch(unlessMissing);
    },
  };
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof AwsRefusal && error.isMissing)) {
    throw error;
  }
}
