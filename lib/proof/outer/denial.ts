import type { Account } from '../../account/account';
import type { JsonMap } from '../../catalog/json-map';
import type { DecidedBy } from '../../iam/evaluate/decision';
import type { RequestContext } from '../../iam/match/access-request';
import type { Policy } from '../../iam/policy/policy';
import type { Refusal } from '../../iam/policy/refusal';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { IntendedRequest } from './intended-requests';
import type { ModelLimits } from './outer-policies';
import type { Passes } from './passing-routings';

/** An intended request that a policy outside the templates denies, with the values of unknown keys that it has then. */
export interface DeniedRequest {
  readonly request: IntendedRequest;
  readonly context: RequestContext;
  readonly principals: readonly string[];
}

/** All intended requests that one statement denies, or that the policies of one layer do not allow. */
export interface Denial {
  readonly plan: AccessPlan;
  readonly account: Account;
  readonly layer: 'serviceControl' | 'session' | 'endpoint';
  /** Policies of the layer; of one level for service control policies. */
  readonly policies: readonly Policy[];
  /**
   * The denying statement.
   *
   * @default - no statement allows the requests
   */
  readonly by?: DecidedBy;
  /**
   * The denying statement as it is written.
   *
   * @default - no statement denies, or it was not found
   */
  readonly statement?: JsonMap;
  /**
   * Why the requests cannot be decided.
   *
   * @default - they are denied
   */
  readonly refusal?: Refusal;
  /** The keys whose values are not known and on which the decision depends. Empty if it depends on none. */
  readonly unknown: readonly string[];
  /** The denied requests, calls of models first. */
  readonly denied: readonly [DeniedRequest, ...DeniedRequest[]];
  readonly passes: Passes;
  /** @default - the environment file has no limits */
  readonly limits?: ModelLimits;
}
