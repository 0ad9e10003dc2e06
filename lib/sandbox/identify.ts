import { createHash } from 'node:crypto';
import type { Account, Principal } from '../account/account';
import { accountArn } from '../catalog/arn';
import type { Policy } from '../iam/policy/policy';
import type { Caller } from './caller';
import type { OutsideCaller } from './outside-caller';
import { upperCaseId } from './upper-case-id';

/** Returns the unique id of a principal. It is a hash of the ARN, so it is the same after every start. */
function principalId({ kind, arn }: Principal): string {
  const hash = createHash('sha256').update(arn).digest().subarray(0, 17);
  return `${kind === 'role' ? 'AROA' : 'AIDA'}${upperCaseId(hash)}`;
}

/** Returns the caller for a user's access key. */
export function userCaller(principal: Principal): Caller {
  return { principal, arn: principal.arn, userId: principalId(principal) };
}

/** Returns the caller for one from outside of the account. It has no access of its own. */
export function outsideCaller(outside: OutsideCaller): Caller {
  const { caller } = outside;
  const name =
    caller.kind === 'aws' ? (caller.arns[0] ?? '') : caller.kind === 'service' ? caller.service : caller.provider;
  return {
    principal: { kind: 'user', name, arn: name, policies: [], tags: {}, complete: true },
    arn: name,
    userId: name,
    outside,
  };
}

/** Returns the caller for a session of a role. */
export function sessionCaller(
  { partition, accountId }: Account,
  principal: Principal,
  sessionName: string,
  issuedAt: Date,
  {
    sessionPolicy,
    tags,
    sourceIdentity,
  }: {
    readonly sessionPolicy?: Policy | undefined;
    readonly tags?: Caller['sessionTags'];
    readonly sourceIdentity?: string | undefined;
  } = {},
): Caller {
  return {
    principal,
    arn: accountArn({ partition, account: accountId }, 'sts', `assumed-role/${principal.name}/${sessionName}`),
    userId: `${principalId(principal)}:${sessionName}`,
    issuedAt,
    ...(sessionPolicy !== undefined && { sessionPolicy }),
    ...(tags !== undefined && { sessionTags: tags }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
  };
}
