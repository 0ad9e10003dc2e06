import type { Account } from '../account/account';
import type { RequestContext } from '../iam/match/access-request';
import type { Caller } from './caller';

function prefixed(prefix: string, tags: Readonly<Record<string, string>>): RequestContext {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, [value]]));
}

/** A session's tag hides the role's own; IAM tells no upper case from lower case in keys. */
function withSessionTags(own: Readonly<Record<string, string>>, session: Readonly<Record<string, string>>) {
  const hidden = new Set(Object.keys(session).map((key) => key.toLowerCase()));
  return {
    ...Object.fromEntries(Object.entries(own).filter(([key]) => !hidden.has(key.toLowerCase()))),
    ...session,
  };
}

/** The condition keys that say who calls, from where and when: the same in every check of one request. */
export function callerContext(
  account: Account,
  { principal, userId, issuedAt, sessionTags = {} }: Caller,
  now: Date,
): RequestContext {
  return {
    ...prefixed('aws:PrincipalTag/', withSessionTags(principal.tags, sessionTags)),
    'aws:PrincipalArn': [principal.arn],
    'aws:PrincipalAccount': [account.accountId],
    'aws:PrincipalType': [principal.kind === 'role' ? 'AssumedRole' : 'User'],
    'aws:PrincipalIsAWSService': ['false'],
    'aws:userid': [userId],
    ...(principal.kind === 'user' && { 'aws:username': [principal.name] }),
    ...(issuedAt !== undefined && {
      'aws:TokenIssueTime': [issuedAt.toISOString()],
      'aws:MultiFactorAuthPresent': ['false'],
    }),
    'aws:RequestedRegion': [account.region],
    // The sandbox speaks clear text on loopback; the call it stands for is always https.
    'aws:SecureTransport': ['true'],
    'aws:CurrentTime': [now.toISOString()],
    'aws:EpochTime': [String(Math.floor(now.getTime() / 1000))],
    'aws:SourceIp': ['127.0.0.1'],
    'aws:ViaAWSService': ['false'],
  };
}
