import type { z } from 'zod';
import { SERVICE_PRINCIPALS } from '../catalog/service-principals';
import { meantHint } from '../spelling/did-you-mean';
import { nearest } from '../spelling/nearest';
import { type PrincipalKind, principalKinds } from './principal-schema';
import type { Path, Problem } from './problem';

/** Finds every problem in the meaning of the principal at `path`. A value of the wrong shape is not checked here. */
export function checkPrincipal(
  path: Path,
  kind: PrincipalKind,
  value: unknown,
  account: string | undefined,
): readonly Problem[] {
  const at = [...path, kind];
  switch (kind) {
    case 'service':
      return check(principalKinds.service.in.shape.service, value, (service) => checkService(at, service));
    case 'role':
      return check(principalKinds.role.in.shape.role, value, (role) => checkRole(at, role, account));
    case 'github':
      return checkGithub(at, value);
    case 'account':
      return check(principalKinds.account.in.shape.account, value, (other) => checkAccount(at, other, account));
    case 'user':
      return check(principalKinds.user.in.shape.user, value, (user) => checkUser(at, user));
    default:
      return kind satisfies never;
  }
}

function check<T>(schema: z.ZodType<T>, value: unknown, problems: (read: T) => readonly Problem[]): readonly Problem[] {
  const read = schema.safeParse(value);
  return read.success ? problems(read.data) : [];
}

/** Warns of a service whose name resembles a known one. IAM would refuse it, but only when the stack is deployed. */
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
          message: `'${service}' is not a service in the catalog${meantHint(`${meant}.amazonaws.com`)}`,
        },
      ];
}

/**
 * Maximum number of characters of all subjects in a trust policy. The rest of the policy counts towards its limit of
 * 2,048 characters too (IAM quotas).
 */
const MAX_SUBJECTS = 1600;

function checkGithub(path: Path, value: unknown): readonly Problem[] {
  const github = principalKinds.github.in.shape.github.safeParse(value);
  if (!github.success) {
    const isMap = typeof value === 'object' && value !== null;
    return isMap && !('branches' in value || 'environments' in value) ? [anyJob(path)] : [];
  }
  const { repository, branches = [], environments = [] } = github.data;
  if (branches.length + environments.length === 0) {
    return [anyJob(path)];
  }
  // The policy writes each as "repo:OWNER/NAME:ref:refs/heads/BRANCH", in quotes and with a comma.
  const characters = [...branches, ...environments].reduce((n, name) => n + repository.length + name.length + 25, 0);
  return characters <= MAX_SUBJECTS
    ? []
    : [
        {
          path,
          message: `${branches.length + environments.length} branches and environments do not fit into one trust policy; name fewer, or let the jobs share a GitHub environment`,
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
        'IAM Identity Center manages this role and removes policies that are attached to it; attach access to a permission set instead',
    });
  }
  if (role.includes('/bedrock-access/')) {
    problems.push({ path, message: 'roles under /bedrock-access/ belong to this project; name a role of your own' });
  }
  return problems;
}

function checkAccount(path: Path, other: string, account: string | undefined): readonly Problem[] {
  return other === account
    ? [{ path, message: `${account} is this environment's own account; name the role with role: instead` }]
    : [];
}

function checkUser(path: Path, user: string): readonly Problem[] {
  return [
    {
      path,
      severity: 'warning',
      message: `the IAM user '${user}' has keys that do not expire and has no permissions boundary; prefer role: or github:`,
    },
  ];
}
