import type { Account, Principal } from '../../account/account';
import type { RequestContext } from '../../iam/match/access-request';

/** The tag that decides whose profiles a role may call. No session may have it, which the proof of trust shows. */
const OWNER_TAG = 'BedrockAccess';

/**
 * Returns the condition keys that are known for every request of the principal. The path and the tags of an existing
 * principal, and so its ARN, are unknown.
 */
export function knownKeys({ accountId }: Account, { arn, complete, tags }: Principal): RequestContext {
  const owner = tags[OWNER_TAG];
  return {
    'aws:PrincipalAccount': [accountId],
    ...(complete && { 'aws:PrincipalArn': [arn] }),
    ...(complete && owner !== undefined && { [`aws:PrincipalTag/${OWNER_TAG}`]: [owner] }),
  };
}
