import type { Principal } from '../account/account';
import type { Policy } from '../iam/policy/policy';
import type { OutsideCaller } from './outside-caller';

/** The user or role session that signed a request. */
export interface Caller {
  readonly principal: Principal;
  /** ARN that AWS shows in messages: the user's, or `arn:…:sts::…:assumed-role/NAME/SESSION`. */
  readonly arn: string;
  /** Value of `aws:userid`, and of `UserId` in GetCallerIdentity. */
  readonly userId: string;
  /**
   * Session policy that was passed to AssumeRole.
   *
   * @default - no session policy limits the session
   */
  readonly sessionPolicy?: Policy;
  /**
   * Session tags that were passed to AssumeRole. Each replaces the role's tag of the same key.
   *
   * @default - none
   */
  readonly sessionTags?: Readonly<Record<string, string>>;
  /**
   * Time when the credentials were issued, for `aws:TokenIssueTime`.
   *
   * @default - absent for a user's access key, which has no issue time
   */
  readonly issuedAt?: Date;
  /**
   * Source identity of the session. It stays the same in sessions of further roles.
   *
   * @default - none was set
   */
  readonly sourceIdentity?: string;
  /**
   * A caller from outside of the account, which can only assume roles.
   *
   * @default - a user or a role session of the account
   */
  readonly outside?: OutsideCaller;
}
