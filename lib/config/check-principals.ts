import { nearest } from '../catalog/nearest';
import { SERVICE_PRINCIPALS } from '../catalog/service-principals';
import { githubSchema, type PRINCIPAL_KINDS, principalSchemas } from './environment-schema';
import type { Path, Problem } from './problem';

type PrincipalKind = (typeof PRINCIPAL_KINDS)[number];

/** Everything wrong with what a principal of this kind means, at `path`; a value of the wrong shape is left alone. */
export function checkPrincipal(
  path: Path,
  kind: PrincipalKind,
  value: unknown,
  account: string | undefined,
): readonly Problem[] {
  const at = [...path, kind];
  if (kind === 'github') {
    return checkGithub(at, value);
  }
  const fits = typeof value === 'string' && principalSchemas[kind].safeParse(value).success;
  if (!fits) {
    return [];
  }
  switch (kind) {
    case 'service':
      return checkService(at, value);
    case 'role':
      return checkRole(at, value, account);
    case 'account':
      return value === account
        ? [{ path: at, message: `${account} is this environment's own account; name the role with role: instead` }]
        : [];
    case 'user':
      return [
        {
          path: at,
          severity: 'warning',
          message: `the IAM user '${value}' has keys that do not expire and carries no permissions boundary; prefer role: or github:`,
        },
      ];
    default:
      return [];
  }
}

/** IAM refuses a service that does not exist when the stack is deployed; one that is nearly a known one is told before. */
function checkService(path: Path, service: string): readonly Problem[] {
  const known: readonly string[] = SERVICE_PRINCIPALS;
  const label = service.replace(/\.amazonaws\.com$/, '');
  const [meant] = known.includes(service)
    ? []
    : nearest(
        label,
        known.map((s) => s.replace(/\.amazonaws\.com$/, '')),
      );
  return meant === undefined
    ? []
    : [
        {
          path,
          severity: 'warning',
          message: `'${service}' is no service this catalog knows; did you mean '${meant}.amazonaws.com'?`,
        },
      ];
}

/** Characters of subjects that fit into a trust policy of 2,048 (IAM quotas) beside the rest of it. */
const MAX_SUBJECTS = 1600;

function checkGithub(path: Path, value: unknown): readonly Problem[] {
  const github = githubSchema.safeParse(value);
  if (!github.success) {
    const isMap = typeof value === 'object' && value !== null;
    return isMap && !('branches' in value || 'environments' in value) ? [anyJob(path)] : [];
  }
  const { repository, branches = [], environments = [] } = github.data;
  if (branches.length + environments.length === 0) {
    return [anyJob(path)];
  }
  // Each stands as "repo:OWNER/NAME:ref:refs/heads/BRANCH", in quotes and with a comma.
  const characters = [...branches, ...environments].reduce((n, name) => n + repository.length + name.length + 25, 0);
  return characters <= MAX_SUBJECTS
    ? []
    : [
        {
          path,
          message: `${branches.length + environments.length} branches and environments are more than a trust policy holds; name fewer, or let the jobs share a GitHub environment`,
        },
      ];
}

function anyJob(path: Path): Problem {
  return { path, message: 'any job of the repository could assume the role; add branches: or environments:' };
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

/** Who a principal is, for telling two apart: `role support-chat-api`; `undefined` where that cannot be read. */
export function principalName(kind: PrincipalKind, value: unknown): string | undefined {
  const name = kind === 'github' ? (value as { readonly repository?: unknown } | null)?.repository : value;
  return typeof name === 'string' ? `${kind} ${kind === 'role' ? name.split('/').at(-1) : name}` : undefined;
}
