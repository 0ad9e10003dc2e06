import type { SystemProfileReading } from '../../account/system-profile-reading';
import type { LimitStandings } from '../../live/limits/read-standings';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { PrincipalVerdict } from '../../proof/verification/judge-principals';
import type { VerificationVerdict } from '../../proof/verification/judge-verification';
import type { TrustTrial } from '../../proof/verification/trust/trust-trial';
import type { VerificationResult } from '../../proof/verification/verification-result';
import type { FaultCount } from './fault-lines';

/** The results that a report of a verification shows. */
export interface Verification {
  readonly plan: AccessPlan;
  readonly result: VerificationResult;
  readonly verdict: VerificationVerdict;
  /**
   * Results for the principals of the file, evaluated from the templates on this machine.
   *
   * @default - the deployed function made real calls
   */
  readonly principals?: PrincipalVerdict;
  /**
   * The requests to assume the roles of applications, as their callers and as near misses.
   *
   * @default - the roles were not assumed, because only their callers can
   */
  readonly trials?: readonly TrustTrial[];
  /**
   * The denials that are in force. They hold for the application's principals, and not for the probe roles.
   *
   * @default - the account was not looked at
   */
  readonly limits?: LimitStandings;
  /**
   * The sandbox's reading of how Bedrock authorizes the system-defined profile.
   *
   * @default - the deployed function made real calls
   */
  readonly reading?: SystemProfileReading;
  /**
   * The folder that `--assembly` names. Its code is what this checkout builds.
   *
   * @default - the templates were synthesized for this run
   */
  readonly assembly?: string;
  /**
   * Counts of the injected faults.
   *
   * @default - the command line names no fault
   */
  readonly faults?: readonly FaultCount[];
}
