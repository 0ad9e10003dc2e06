import { AwsError } from '../aws-error';
import type { Operation } from '../operation';
import type { Reply } from '../transport/reply';
import { assumeRole } from './assume-role';
import { readForm } from './read-form';
import { stsReply } from './sts-reply';

/** Answers the operations of the Security Token Service. */
export function serveSts(operation: Operation): Reply {
  const { state, request, caller } = operation;
  if (request.method !== 'POST') {
    throw new AwsError(400, 'InvalidAction', 'the sandbox serves STS by POST only');
  }
  const form = readForm(request.body);
  const action = form.get('Action') ?? '';
  switch (action) {
    case 'GetCallerIdentity':
      // AWS allows this operation to everybody; not even an explicit deny prevents it.
      operation.settle('GetCallerIdentity', caller.arn, { decision: 'allowed' });
      return stsReply(action, { Arn: caller.arn, UserId: caller.userId, Account: state.account.accountId }, request.id);
    case 'AssumeRole':
    case 'AssumeRoleWithWebIdentity':
      return stsReply(action, assumeRole(operation, form, action), request.id);
    default:
      throw new AwsError(400, 'InvalidAction', `the sandbox does not serve the STS action '${action.slice(0, 100)}'`);
  }
}
