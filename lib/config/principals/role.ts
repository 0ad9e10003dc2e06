import type { Path, Problem } from '../problem';
import { text } from '../text-schema';
import { ofKind } from './of-kind';

/** An existing role of this account. */
export const role = ofKind('role', {
  role: text(
    /^(arn:aws:iam::\d{12}:role\/([\w+=,.@-]+\/)*)?[\w+=,.@-]{1,64}$/,
    "an existing role by name, such as 'support-chat-api', or by ARN, such as 'arn:aws:iam::111122223333:role/support-chat-api'",
  ),
});

export function checkRole(path: Path, role: string, account: string | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  const owner = role.startsWith('arn:') ? role.split(':')[4] : account;
  if (account !== undefined && owner !== account) {
    problems.push({
      path,
      message: `the role is in account ${owner}, but this environment is in ${account}; use account: with externalId: to let another account assume a role of this one`,
    });
  }
  if (role.includes('/aws-service-role/') || role.startsWith('AWSServiceRoleFor')) {
    problems.push({
      path,
      message: 'a service-linked role accepts no policies; name the role that your application runs as',
    });
  }
  if (role.includes('/aws-reserved/') || role.startsWith('AWSReservedSSO_')) {
    problems.push({
      path,
      message:
        'IAM Identity Center manages this role and removes policies that are attached to it; permission sets cannot be named here yet, so name another principal',
    });
  }
  if (role.includes('/bedrock-access/')) {
    problems.push({ path, message: 'roles under /bedrock-access/ belong to this project; name a role of your own' });
  }
  return problems;
}
