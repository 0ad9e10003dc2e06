import { AwsError } from '../aws-error';
import { sessionCaller } from '../identify';
import type { Operation } from '../operation';
import { type AssumeOperation, readAssumeRole } from './assume-role-request';
import { judgeAssumeRole } from './judge-assume-role';
import type { XmlElements } from './xml';

const SECOND = 1000;
/** MaxSessionDuration of a role that does not set it (IAM, CreateRole). */
const DEFAULT_MAX_SECONDS = 3600;

/** Answers AssumeRole or AssumeRoleWithWebIdentity with credentials for a session of a role that trusts the caller. */
export function assumeRole(
  operation: Operation,
  form: ReadonlyMap<string, string>,
  name: AssumeOperation,
): XmlElements {
  const { state, caller, context } = operation;
  const { account, credentials, now } = state;
  const read = readAssumeRole(name, form, caller.principal.kind === 'role');
  const { roleArn, sessionName, seconds, externalId, sessionPolicy } = read;
  const { tags, sourceIdentity: named } = caller.outside?.session ?? read;
  const role = account.principals.find(({ kind, arn }) => kind === 'role' && arn === roleArn);
  const action = `sts:${name}` as const;
  // AWS returns the same error for a role that does not exist and a role that does not trust the caller.
  const refused = (deniedAction: string) => {
    const check = { action: deniedAction, resource: roleArn, context };
    return operation.deny(name, roleArn, { decision: 'implicitDeny', check, reason: '' });
  };
  if (role === undefined) {
    throw refused(action);
  }
  const sourceIdentity = caller.sourceIdentity ?? named;
  if (named !== undefined && named !== sourceIdentity) {
    throw refused('sts:SetSourceIdentity');
  }
  const keys = Object.keys(tags);
  const requestContext = {
    ...context,
    'sts:RoleSessionName': [sessionName],
    ...(externalId !== undefined && { 'sts:ExternalId': [externalId] }),
    ...(named !== undefined && { 'sts:SourceIdentity': [named] }),
    ...(keys.length > 0 && { 'aws:TagKeys': keys }),
    ...Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, [tags[key] ?? '']])),
  };
  // A session with tags also needs sts:TagSession (IAM User Guide, "Pass session tags in AWS STS"), and one with a source
  // identity sts:SetSourceIdentity ("Monitor and control actions taken with assumed roles").
  const actions = [
    action,
    ...(keys.length > 0 ? (['sts:TagSession'] as const) : []),
    ...(sourceIdentity !== undefined ? (['sts:SetSourceIdentity'] as const) : []),
  ];
  for (const needed of actions) {
    operation.settle(name, roleArn, judgeAssumeRole(account, caller, role, requestContext, needed));
  }

  if (seconds > (role.maxSessionSeconds ?? DEFAULT_MAX_SECONDS)) {
    throw new AwsError(
      400,
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  const session = sessionCaller(account, role, sessionName, now, { sessionPolicy, tags, sourceIdentity });
  const expiration = new Date(now.getTime() + seconds * SECOND);
  const { accessKeyId, secretAccessKey, sessionToken = '' } = credentials.issue(session, expiration);
  return {
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    },
    ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
  };
}
