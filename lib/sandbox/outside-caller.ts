import type { RequestContext } from '../iam/match/access-request';
import type { Caller as AssumingCaller } from '../iam/match/caller';

/**
 * A caller whose own policies are in no account of the sandbox: an AWS service, a principal of another account, or
 * somebody with a token. Only the trust policy of a role decides whether it may assume the role.
 */
export interface OutsideCaller {
  readonly caller: AssumingCaller;
  /** Condition keys that AWS sets for the caller, such as `aws:PrincipalOrgID`, or the claims of its token. */
  readonly keys: RequestContext;
  /**
   * What a token says about the session that it is exchanged for.
   *
   * @default - the caller has no token
   */
  readonly session?: { readonly tags: Readonly<Record<string, string>>; readonly sourceIdentity?: string };
}

/** Returns the condition keys about the caller that AWS sets itself. */
export function outsideContext({ caller, keys }: OutsideCaller): RequestContext {
  switch (caller.kind) {
    case 'aws': {
      const [arn = ''] = caller.arns;
      return { 'aws:PrincipalArn': [arn], 'aws:PrincipalAccount': [caller.accountId], ...keys };
    }
    case 'service':
      return { 'aws:PrincipalIsAWSService': ['true'], 'aws:PrincipalServiceName': [caller.service], ...keys };
    case 'federated':
      return { 'aws:FederatedProvider': [caller.provider], ...keys };
    default:
      return caller satisfies never;
  }
}
