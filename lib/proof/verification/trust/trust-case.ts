import type { Caller } from '../../../iam/evaluate/evaluate-trust';
import type { RequestContext } from '../../../iam/match/access-request';

/** An account that no environment file names. */
export const FOREIGN_ACCOUNT = '000000000000';

/** A caller that asks to assume a role or to tag its session, and the answer that the role's trust policy must give. */
export interface TrustCase {
  /** The caller in words, such as `another repository`. */
  readonly who: string;
  readonly caller: Caller;
  readonly action: string;
  readonly context: RequestContext;
  readonly expected: 'allowed' | 'denied';
}
