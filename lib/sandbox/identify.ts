import { createHash } from 'node:crypto';
import type { Account, Principal } from '../account/account';
import { accountArn } from '../catalog/arn';
import type { Policy } from '../iam/policy/policy';
import type { Caller } from './caller';
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

/** Returns the caller for a session of a role. */
export function sessionCaller(
  { partition, accountId }: Account,
  principal: Principal,
  sessionName: string,
  issuedAt: Date,
  { sessionPolicy, tags }: { readonly sessionPolicy?: Policy | undefined; readonly tags?: Caller['sessionTags'] } = {},
): Caller {
  return {
    principal,
    arn: accountArn({ partition, account: accountId }, 'sts', `assumed-role/${principal.name}/${sessionName}`),
    userId: `${principalId(principal)}:${sessionName}`,
    issuedAt,
    ...(sessionPolicy !== undefined && { sessionPolicy }),
    ...(tags !== undefined && { sessionTags: tags }),
  };
}
