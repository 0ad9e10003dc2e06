import type { Principal } from '../account/account';
import type { Policy } from '../iam/policy/policy';

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
}
