import { z } from 'zod';
import { accountId, text } from './text-schema';

/**
 * Every kind of principal. The name of a kind is also the key that identifies it in the file.
 *
 * A kind that is added here does not compile until every decision about principals knows it.
 */
export const principalKinds = {
  service: ofKind('service', {
    service: text(
      /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/,
      'a service principal, such as lambda.amazonaws.com',
    ).describe("A new role that the application's functions or tasks run as."),
  }),
  role: ofKind('role', {
    role: text(
      /^(arn:aws:iam::\d{12}:role\/([\w+=,.@-]+\/)*)?[\w+=,.@-]{1,64}$/,
      "an existing role by name, such as 'support-chat-api', or by ARN, such as 'arn:aws:iam::111122223333:role/support-chat-api'",
    ),
  }),
  github: ofKind('github', {
    github: z
      .strictObject({
        repository: text(
          /^[A-Za-z0-9][A-Za-z0-9-]{0,38}(@\d{1,12})?\/[A-Za-z0-9._-]{1,100}(?<!\.git)(@\d{1,12})?$/,
          "a repository with its owner, 'owner/name'",
        ),
        branches: z
          .array(
            text(
              /^(?!refs\/)[\w./@+#-]{1,200}$/,
              "the exact name of a branch, such as 'main', without refs/heads/ and wildcards",
            ),
          )
          .min(1)
          .optional(),
        environments: z
          .array(
            text(
              /^[\w. /@+#-]{1,200}$/,
              "the exact name of a GitHub environment, such as 'production', without wildcards",
            ),
          )
          .min(1)
          .optional(),
      })
      .describe('A new role that jobs of one repository may assume, only from these branches or GitHub environments.'),
  }),
  account: ofKind('account', {
    account: accountId.describe('A new role that another account may assume.'),
    externalId: text(/^[\w+=,.@:/-]{2,1224}$/, 'an external id: 2 to 1224 letters, digits and _ + = , . @ : / -'),
  }),
  user: ofKind('user', {
    user: text(/^[\w+=,.@-]{1,64}$/, 'the name of an existing IAM user, without its path'),
  }),
};

/**
 * Reads a principal of one kind. The result has the property `kind`; in the file, only the key of the principal shows
 * its kind.
 */
function ofKind<const K extends string, const S extends Readonly<Record<string, z.ZodType>>>(kind: K, shape: S) {
  return z.strictObject(shape).transform((principal) => ({ kind, ...principal }));
}

export const principalSchema = z.union(Object.values(principalKinds));

/** A principal of the file, as it is read. */
export type Principal = z.output<typeof principalSchema>;
export type PrincipalKind = Principal['kind'];

export const PRINCIPAL_KINDS = Object.keys(principalKinds) as readonly PrincipalKind[];

/** Returns the kind and name of a principal, e.g. `role support-chat-api`. An ARN counts as the name that it ends in. */
export function principalName(principal: Principal): string {
  switch (principal.kind) {
    case 'service':
      return `service ${principal.service}`;
    case 'role':
      return `role ${principal.role.split('/').at(-1)}`;
    case 'github':
      return `github ${principal.github.repository}`;
    case 'account':
      return `account ${principal.account}`;
    case 'user':
      return `user ${principal.user}`;
    default:
      return principal satisfies never;
  }
}

/** A role or a user that exists already. Every other principal gets a role of its own. */
export type ExistingPrincipal = Extract<Principal, { readonly kind: 'role' | 'user' }>;

export function existsAlready(principal: Principal): principal is ExistingPrincipal {
  switch (principal.kind) {
    case 'role':
    case 'user':
      return true;
    case 'service':
    case 'github':
    case 'account':
      return false;
    default:
      return principal satisfies never;
  }
}

/** Returns what the policies of an application are attached to for a kind of principal: a role, new or existing, or a user. */
export function policyHolder(kind: PrincipalKind): 'role' | 'user' {
  switch (kind) {
    case 'service':
    case 'role':
    case 'github':
    case 'account':
      return 'role';
    case 'user':
      return 'user';
    default:
      return kind satisfies never;
  }
}
