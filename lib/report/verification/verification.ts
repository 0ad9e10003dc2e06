import type { SystemProfileReading } from '../../account/system-profile-reading';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { PrincipalVerdict } from '../../proof/verification/judge-principals';
import type { VerificationVerdict } from '../../proof/verification/judge-verification';
import type { VerificationResult } from '../../proof/verification/verification-result';
import type { FaultCount } from './fault-lines';

/** Everything a report of a verification shows. */
export interface Verification {
  readonly plan: AccessPlan;
  readonly result: VerificationResult;
  readonly verdict: VerificationVerdict;
  /**
   * What a verification of templates on this machine finds beside the probes.
   *
   * @default - the deployed function made real calls
   */
  readonly principals?: PrincipalVerdict;
  /**
   * As what the sandbox took the system-defined profile.
   *
   * @default - the deployed function made real calls
   */
  readonly reading?: SystemProfileReading;
  /**
   * How often each fault was injected.
   *
   * @default - none was asked for
   */
  readonly faults?: readonly FaultCount[];
}
