import type { AccessRequest } from '../../../lib/iam/match/access-request';
import type { PolicySet } from '../policy-set';

export interface Decided {
  readonly decision: 'allowed' | 'implicitDeny' | 'explicitDeny';
}

/** The answer of an engine: a decision, or the reason why it gives none. */
export type Answer = Decided | { readonly skipped: string };

/** Asks an engine about every request under the same policies. */
export type Ask = (policies: PolicySet, requests: readonly AccessRequest[]) => Promise<readonly Answer[]>;
