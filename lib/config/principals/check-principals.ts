import type { z } from 'zod';
import type { JsonMap } from '../../catalog/json-map';
import type { Path, Problem } from '../problem';
import { checkAccount } from './account';
import { checkGithub } from './github';
import { checkGitlab } from './gitlab';
import { checkIrsa } from './irsa';
import { checkOidc } from './oidc';
import type { PrincipalKind } from './principal-schema';
import { checkRole, role } from './role';
import { checkLogs, checkService, service } from './service';
import { checkUser, user } from './user';

/**
 * Finds every problem in the meaning of a principal. A value of the wrong shape is not checked here.
 *
 * @param path path of the principal in the file
 * @param ownAccount account of the environment, if the file has a valid one
 */
export function checkPrincipal(
  path: Path,
  kind: PrincipalKind,
  principal: JsonMap,
  ownAccount: string | undefined,
): readonly Problem[] {
  const at = [...path, kind];
  const value = principal[kind];
  switch (kind) {
    case 'service':
      return [
        ...check(service.in.shape.service, value, (name) => checkService(at, name)),
        ...checkLogs(path, principal),
      ];
    case 'pods':
      return [];
    case 'role':
      return check(role.in.shape.role, value, (name) => checkRole(at, name, ownAccount));
    case 'github':
      return checkGithub(at, value);
    case 'irsa':
      return checkIrsa(at, value);
    case 'gitlab':
      return checkGitlab(at, value);
    case 'oidc':
      return checkOidc(at, value);
    case 'account':
      return checkAccount(path, principal, ownAccount);
    case 'user':
      return check(user.in.shape.user, value, (name) => checkUser(at, name));
    default:
      return kind satisfies never;
  }
}

function check<T>(schema: z.ZodType<T>, value: unknown, problems: (read: T) => readonly Problem[]): readonly Problem[] {
  const read = schema.safeParse(value);
  return read.success ? problems(read.data) : [];
}
