import { z } from 'zod';
import type { JsonMap } from '../../catalog/json-map';
import type { Path, Problem } from '../problem';
import { accountId, text } from '../text-schema';
import { ofNewRole } from './further-policies';

/** Another account. It may assume a role that is created here. */
export const account = ofNewRole('account', {
  account: accountId.describe('A new role that another account may assume.'),
  externalId: text(
    /^[\w+=,.@:/-]{2,1224}$/,
    'an external id: 2 to 1224 letters, digits and _ + = , . @ : / -',
  ).optional(),
  organization: text(/^o-[a-z0-9]{10,32}$/, "the id of an organization, such as 'o-a1b2c3d4e5'")
    .optional()
    .describe('The account must be in this organization of AWS Organizations; with rolePattern.'),
  rolePattern: text(
    /^[\w+=,.@/*-]{1,128}$/,
    "the path and name of roles of the other account, in which '*' stands for any characters, such as 'deploy-*'",
  ).optional(),
  sourceIdentity: z
    .enum(['allowed', 'required'])
    .optional()
    .describe('Whether sessions may or must have a source identity, which stays the same through role chaining.'),
});

/** Checks whom the other account may let in. */
export function checkAccount(
  path: Path,
  { account: other, externalId, organization, rolePattern }: JsonMap,
  ownAccount: string | undefined,
): readonly Problem[] {
  const at = (key: string): Path => [...path, key];
  const problems: Problem[] = [];
  if (other === ownAccount && other !== undefined) {
    problems.push({
      path: at('account'),
      message: `${other} is this environment's own account; name the role with role: instead`,
    });
  }
  if (externalId === undefined && organization === undefined && rolePattern === undefined) {
    problems.push({
      path,
      message:
        'any principal of the other account could be talked into assuming the role; add externalId:, or organization: and rolePattern:',
    });
  } else if (organization !== undefined && rolePattern === undefined) {
    problems.push({
      path,
      message: "any role of the account could assume the role; add rolePattern:, such as 'deploy-*'",
    });
  } else if (organization === undefined && rolePattern !== undefined) {
    problems.push({
      path,
      message:
        "rolePattern: needs organization:, such as 'o-a1b2c3d4e5'; an account that left it is then no longer trusted",
    });
  }
  if (typeof rolePattern === 'string' && !/^[\w+=,.@/-]{3}/.test(rolePattern)) {
    problems.push({
      path: at('rolePattern'),
      message: `'${rolePattern}' lets in nearly every role of the account; begin with at least three characters without '*', such as 'deploy-*'`,
    });
  }
  return problems;
}
