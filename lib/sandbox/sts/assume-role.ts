import { AwsError } from '../aws-error';
import { sessionCaller } from '../identify';
import type { Operation } from '../operation';
import { readAssumeRole } from './assume-role-request';
import { judgeAssumeRole } from './judge-assume-role';
import type { XmlElements } from './xml';

const SECOND = 1000;
/** MaxSessionDuration of a role that does not set it (IAM, CreateRole). */
const DEFAULT_MAX_SECONDS = 3600;

/** Answers AssumeRole with credentials for a session of a role that trusts the caller. */
export function assumeRole(operation: Operation, form: ReadonlyMap<string, string>): XmlElements {
  const { state, caller, context } = operation;
  const { account, credentials, now } = state;
  const { roleArn, sessionName, seconds, externalId, sessionPolicy, tags } = readAssumeRole(
    form,
    caller.principal.kind === 'role',
  );
  const role = account.principals.find(({ kind, arn }) => kind === 'role' && arn === roleArn);
  if (role === undefined) {
    // AWS returns the same error for a role that does not exist and a role that does not trust the caller.
    const check = { action: 'sts:AssumeRole', resource: roleArn, context };
    throw operation.deny('AssumeRole', roleArn, { decision: 'implicitDeny', check, reason: '' });
  }
  const keys = Object.keys(tags);
  const requestContext = {
    ...context,
    'sts:RoleSessionName': [sessionName],
    ...(externalId !== undefined && { 'sts:ExternalId': [externalId] }),
    ...(keys.length > 0 && { 'aws:TagKeys': keys }),
    ...Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, [tags[key] ?? '']])),
  };
  const assumed = judgeAssumeRole(account, caller, role, requestContext);
  // A session with tags also needs sts:TagSession (IAM User Guide, "Pass session tags in AWS STS").
  const needsTagSession = keys.length > 0 && assumed.decision === 'allowed';
  operation.settle(
    'AssumeRole',
    roleArn,
    needsTagSession ? judgeAssumeRole(account, caller, role, requestContext, 'sts:TagSession') : assumed,
  );

  if (seconds > (role.maxSessionSeconds ?? DEFAULT_MAX_SECONDS)) {
    throw new AwsError(
      400,
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  const session = sessionCaller(account, role, sessionName, now, { sessionPolicy, tags });
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
  };
}
