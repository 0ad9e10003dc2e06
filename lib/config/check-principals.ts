import { PRINCIPAL_KINDS, type PrincipalConfig } from './environment-schema';
import type { Path, Problem } from './problem';

/** Everything wrong with one principal of the account `account`, at `path`. */
export function checkPrincipal(
  path: Path,
  principal: PrincipalConfig,
  account: string | undefined,
): readonly Problem[] {
  if ('role' in principal) {
    return checkRole([...path, 'role'], principal.role, account);
  }
  if ('account' in principal) {
    return principal.account === account
      ? [
          {
            path: [...path, 'account'],
            message: `${account} is this environment's own account; name the role with role: instead`,
          },
        ]
      : [];
  }
  if ('github' in principal) {
    const { branches, environments } = principal.github;
    return branches === undefined && environments === undefined
      ? [
          {
            path: [...path, 'github'],
            message: 'any job of the repository could assume the role; add branches: or environments:',
          },
        ]
      : [];
  }
  if ('user' in principal) {
    return [
      {
        path: [...path, 'user'],
        severity: 'warning',
        message: `the IAM user '${principal.user}' has keys that do not expire and carries no permissions boundary; prefer role: or github:`,
      },
    ];
  }
  return [];
}

function checkRole(path: Path, role: string, account: string | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  const owner = role.startsWith('arn:') ? role.split(':')[4] : account;
  if (account !== undefined && owner !== account) {
    problems.push({
      path,
      message: `the role is in account ${owner}, and this environment is in ${account}; a role of another account assumes one of ours: use account: with externalId:`,
    });
  }
  if (role.includes('/aws-service-role/') || role.startsWith('AWSServiceRoleFor')) {
    problems.push({
      path,
      message: 'a service-linked role takes no policies; name the role that your application runs as',
    });
  }
  if (role.includes('/aws-reserved/') || role.startsWith('AWSReservedSSO_')) {
    problems.push({
      path,
      message: 'IAM Identity Center owns this role and takes policies back; attach access to a permission set instead',
    });
  }
  if (role.includes('/bedrock-access/')) {
    problems.push({ path, message: 'roles under /bedrock-access/ belong to this project; name a role of yours' });
  }
  return problems;
}

/** Who a principal is, for telling two apart: `role support-chat-api`. */
export function principalName(principal: PrincipalConfig): string {
  const kind = PRINCIPAL_KINDS.find((k) => k in principal) ?? 'role';
  const value = (principal as Readonly<Record<string, unknown>>)[kind];
  const name = kind === 'github' ? (value as { readonly repository: string }).repository : String(value);
  return `${kind} ${kind === 'role' ? name.split('/').at(-1) : name}`;
}
