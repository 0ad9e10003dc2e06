import { z } from 'zod';
import { account } from './account';
import { github } from './github';
import { gitlab } from './gitlab';
import { irsa } from './irsa';
import { oidc } from './oidc';
import { pods } from './pods';
import { role } from './role';
import { service, servicesOf } from './service';
import { user } from './user';

/**
 * Every kind of principal. The name of a kind is also the key that identifies it in the file.
 *
 * A kind that is added here does not compile until every decision about principals knows it.
 */
const principalKinds = {
  service,
  pods,
  role,
  github,
  irsa,
  gitlab,
  oidc,
  account,
  user,
};

export const principalSchema = z.union(Object.values(principalKinds));

/** A principal of the file, as it is read. */
export type Principal = z.output<typeof principalSchema>;
export type PrincipalKind = Principal['kind'];

export const PRINCIPAL_KINDS = Object.keys(principalKinds) as readonly PrincipalKind[];

/** Returns the kind and name of a principal, e.g. `role support-chat-api`. An ARN counts as the name that it ends in. */
export function principalName(principal: Principal): string {
  switch (principal.kind) {
    case 'service':
      return `service ${[...servicesOf(principal)].sort().join(', ')}`;
    case 'pods': {
      const { cluster, namespace, serviceAccount } = principal.pods;
      return `pods ${cluster}/${namespace}/${serviceAccount}`;
    }
    case 'role':
      return `role ${principal.role.split('/').at(-1)}`;
    case 'github':
      return `github ${principal.github.repository}`;
    case 'irsa': {
      const { provider, namespace, serviceAccount } = principal.irsa;
      return `irsa ${namespace}/${serviceAccount} of ${provider}`;
    }
    case 'gitlab':
      return `gitlab ${principal.gitlab.host}/${principal.gitlab.project}`;
    case 'oidc':
      return `oidc ${principal.oidc.provider} for ${principal.oidc.audience}`;
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
    case 'pods':
    case 'github':
    case 'irsa':
    case 'gitlab':
    case 'oidc':
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
    case 'pods':
    case 'role':
    case 'github':
    case 'irsa':
    case 'gitlab':
    case 'oidc':
    case 'account':
      return 'role';
    case 'user':
      return 'user';
    default:
      return kind satisfies never;
  }
}
