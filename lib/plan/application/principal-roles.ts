import { EC2 } from '../../catalog/service-principals';
import type { Principal } from '../../config/principals/principal-schema';
import { servicesOf } from '../../config/principals/service';
import { policyArn, roleArn } from '../names/arns';
import { boundaryName, iamPath, type Place, PROBE_FOLDER, probeBoundaryName, probeRoleName } from '../names/names';
import { physicalName, shortHash } from '../names/physical-name';
import type { RolePlan, RolePrincipal } from '../parts/role-plan';
import { trustOf } from './trust/trust';

/** The roles and users that get the policies of an application. */
export interface PrincipalRoles {
  /** The roles that this project creates: one for each principal, and two probe roles. */
  readonly roles: readonly RolePlan[];
  /** Names of existing roles. */
  readonly existingRoles: readonly string[];
  /** Names of existing IAM users. */
  readonly existingUsers: readonly string[];
}

/** Decides for each principal of an application whether it gets a new role or is an existing role or user. */
export function planPrincipals(place: Place, application: string, principals: readonly Principal[]): PrincipalRoles {
  const roles: RolePlan[] = [];
  const existingRoles: string[] = [];
  const existingUsers: string[] = [];
  for (const principal of principals) {
    switch (principal.kind) {
      case 'service':
      case 'pods':
      case 'github':
      case 'irsa':
      case 'gitlab':
      case 'oidc':
      case 'account':
        roles.push(planRole(place, application, principal));
        break;
      case 'role':
        existingRoles.push(principal.role.split('/').at(-1) ?? principal.role);
        break;
      case 'user':
        existingUsers.push(principal.user);
        break;
      default:
        principal satisfies never;
    }
  }
  for (const tries of ['access', 'policies'] as const) {
    roles.push(planRole(place, application, { kind: 'probe', tries }));
  }
  return { roles, existingRoles, existingUsers };
}

function planRole(place: Place, application: string, principal: RolePrincipal): RolePlan {
  const { environment } = place;
  const isProbe = principal.kind === 'probe';
  const folder = isProbe ? PROBE_FOLDER : '';
  const name = isProbe
    ? probeRoleName(environment, application, principal.tries === 'access' ? 'probe' : 'probe-policies')
    : physicalName([environment, application, lastPart(principal)]);
  const further = isProbe ? undefined : principal.policies;
  const boundary = isProbe && principal.tries === 'policies' ? probeBoundaryName : boundaryName;
  return {
    name,
    arn: roleArn(place, name, folder),
    path: `${iamPath(environment)}${folder}`,
    trust: trustOf(place, principal),
    boundaryArn: policyArn(place, boundary(environment)),
    ...(principal.kind === 'service' && servicesOf(principal).includes(EC2) && { instanceProfileName: name }),
    ...(further !== undefined && { furtherPolicyArns: further }),
    principal,
  };
}

/** Returns the last part of the role's name. */
function lastPart(principal: Exclude<RolePrincipal, { readonly kind: 'probe' }>): string {
  switch (principal.kind) {
    case 'service':
      return [...servicesOf(principal)].sort().map(serviceName).join('-');
    case 'pods': {
      const { cluster, namespace, serviceAccount } = principal.pods;
      const pods = [cluster, namespace, serviceAccount].join('/');
      return `pods-${serviceAccount.slice(0, 20)}-${shortHash(pods)}`;
    }
    case 'github': {
      const { repository } = principal.github;
      return `github-${repository.replace(/^.*\//, '')}-${shortHash(repository)}`;
    }
    case 'irsa': {
      const { provider, namespace, serviceAccount } = principal.irsa;
      return `irsa-${serviceAccount}-${shortHash(`${provider} ${namespace} ${serviceAccount}`)}`;
    }
    case 'gitlab': {
      const { host, project } = principal.gitlab;
      return `gitlab-${project.replace(/^.*\//, '')}-${shortHash(`${host}/${project}`)}`;
    }
    case 'oidc': {
      const { provider, audience } = principal.oidc;
      return `oidc-${provider.replace(/\/.*$/, '')}-${shortHash(`${provider} ${audience}`)}`;
    }
    case 'account':
      return `from-${principal.account}`;
    default:
      return principal satisfies never;
  }
}

/**
 * Returns the name of a service without `.amazonaws.com`. A digest is added if a dot becomes a hyphen, because the role
 * of another service could have the same name.
 */
function serviceName(service: string): string {
  const name = service.replace(/\.amazonaws\.com$/, '');
  return /^(?!from-|github-|gitlab-|irsa-|oidc-|pods-|probe)[a-z0-9]+(-[a-z0-9]+)*$/.test(name)
    ? name
    : `${name}-${shortHash(service)}`;
}
