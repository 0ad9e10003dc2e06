import type { Principal } from '../account/account';
import type { Policy } from '../iam/policy/policy';

/** Who signed a request: a user, or a session of a role. */
export interface Caller {
  readonly principal: Principal;
  /** As AWS names it in messages: the user's ARN, or `arn:…:sts::…:assumed-role/NAME/SESSION`. */
  readonly arn: string;
  /** As `aws:userid` and `GetCallerIdentity` give it. */
  readonly userId: string;
  /**
   * Policy that was passed to AssumeRole.
   *
   * @default - none: it narrows nothing
   */
  readonly sessionPolicy?: Policy;
  /**
   * Tags that were passed to AssumeRole; each hides the role's own of the same key.
   *
   * @default - none
   */
  readonly sessionTags?: Readonly<Record<string, string>>;
  /**
   * When the credentials were issued, for `aws:TokenIssueTime`.
   *
   * @default - a user's access key has no such time
   */
  readonly issuedAt?: Date;
}
