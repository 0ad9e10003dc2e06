import { finding, type PrincipalFinding } from '../../finding/principal-finding';

/** One request to assume a role, made as somebody would make it, and what came of it. */
export interface TrustTry {
  /** The caller in words, such as `another branch`. */
  readonly who: string;
  readonly expected: 'allowed' | 'denied';
  /** `inconclusive`: the answer is neither a session nor a denial for the expected reason. */
  readonly outcome: 'allowed' | 'denied' | 'inconclusive';
  /**
   * Code and message of the error.
   *
   * @default - the outcome is the expected one
   */
  readonly error?: string;
}

/** The requests to assume one role: as its caller, and as near misses. */
export interface TrustTrial {
  readonly application: string;
  readonly role: string;
  readonly arn: string;
  readonly tries: readonly TrustTry[];
}

/** Lists the findings of trials: callers that cannot assume their role, and others that can. */
export function trialFindings(trials: readonly TrustTrial[]): readonly PrincipalFinding[] {
  return trials.flatMap(({ application, role, arn, tries }) =>
    tries
      .filter(({ expected, outcome }) => outcome !== 'inconclusive' && outcome !== expected)
      .map(({ who, outcome }) =>
        finding(arn, `${application}: ${who} ${outcome === 'denied' ? 'cannot assume' : 'can assume'} ${role}`),
      ),
  );
}

/** Lists a sentence for each try that did not show whether the trust policy is right. */
export function inconclusiveTries(trials: readonly TrustTrial[]): readonly string[] {
  return trials.flatMap(({ application, role, tries }) =>
    tries
      .filter(({ outcome }) => outcome === 'inconclusive')
      .map(({ who, error }) => `${application}: whether ${who} can assume ${role} is not known: ${error}`),
  );
}
