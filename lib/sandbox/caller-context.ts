import type { Account } from '../account/account';
import type { RequestContext } from '../iam/match/access-request';
import type { Caller } from './caller';
import { outsideContext } from './outside-caller';

function prefixed(prefix: string, tags: Readonly<Record<string, string>>): RequestContext {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, [value]]));
}

/**
 * Merges the tags of a role and its session.
 *
 * A session tag replaces a role tag of the same key, ignoring case as IAM does.
 */
function withSessionTags(roleTags: Readonly<Record<string, string>>, sessionTags: Readonly<Record<string, string>>) {
  const replaced = new Set(Object.keys(sessionTags).map((key) => key.toLowerCase()));
  return {
    ...Object.fromEntries(Object.entries(roleTags).filter(([key]) => !replaced.has(key.toLowerCase()))),
    ...sessionTags,
  };
}

/**
 * Returns the condition keys about the caller, the source and the time.
 *
 * They are equal in every check of one request.
 */
export function callerContext(
  account: Account,
  { principal, userId, issuedAt, sessionTags = {}, sourceIdentity, outside }: Caller,
  now: Date,
): RequestContext {
  const ofCaller: RequestContext = {
    ...prefixed('aws:PrincipalTag/', withSessionTags(principal.tags, sessionTags)),
    'aws:PrincipalArn': [principal.arn],
    'aws:PrincipalAccount': [account.accountId],
    'aws:PrincipalType': [principal.kind === 'role' ? 'AssumedRole' : 'User'],
    'aws:PrincipalIsAWSService': ['false'],
    'aws:userid': [userId],
    ...(principal.kind === 'user' && { 'aws:username': [principal.name] }),
    ...(sourceIdentity !== undefined && { 'aws:SourceIdentity': [sourceIdentity] }),
    ...(issuedAt !== undefined && {
      'aws:TokenIssueTime': [issuedAt.toISOString()],
      'aws:MultiFactorAuthPresent': ['false'],
    }),
  };
  return {
    ...(outside === undefined ? ofCaller : outsideContext(outside)),
    'aws:RequestedRegion': [account.region],
    // The sandbox uses plain HTTP on loopback, but the AWS call that it replaces always uses HTTPS.
    'aws:SecureTransport': ['true'],
    'aws:CurrentTime': [now.toISOString()],
    'aws:EpochTime': [String(Math.floor(now.getTime() / 1000))],
    'aws:SourceIp': ['127.0.0.1'],
    'aws:ViaAWSService': ['false'],
  };
}
