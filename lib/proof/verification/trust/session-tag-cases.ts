import { POD_TAGS } from '../../../catalog/pod-identity';
import type { RolePrincipal } from '../../../plan/parts/role-plan';
import type { TrustCase } from './trust-case';

/**
 * Session tags to try, and whether they may be set. `User` and `Job` tell people and jobs apart. The others are tags
 * that IAM or billing evaluate, some in lower case because IAM ignores the case of keys.
 */
const SESSION_TAGS: readonly (readonly [tags: readonly string[], allowed: boolean])[] = [
  [['User', 'Job'], true],
  ...['Application', 'BedrockAccess', 'CostCenter', 'Owner', 'application', 'user'].map(
    (key) => [[key], false] as const,
  ),
  [['User', 'CostCenter'], false],
];

/**
 * Lists cases of session tags. Only a caller that can assume the role may tag the session, and only if the role permits
 * it.
 */
export function sessionTagCases(principal: RolePrincipal, cases: readonly TrustCase[]): readonly TrustCase[] {
  const action = 'sts:TagSession';
  const allowedCases = cases.filter(({ expected }) => expected === 'allowed');
  const others = cases.filter(({ who }) => ['another account', 'another service'].includes(who));
  const tag = ({ who, caller, context }: TrustCase, keys: readonly string[], allowed: boolean): TrustCase => ({
    who: `${who} with the session tags ${keys.join(', ')}`,
    caller,
    action,
    context: { ...context, 'aws:TagKeys': keys },
    expected: allowed ? 'allowed' : 'denied',
  });
  return [
    ...allowedCases.flatMap((own) =>
      sessionTags(principal).map(([keys, allowed]) => tag(own, keys, allowed && mayTag(principal))),
    ),
    ...others.map((other) => tag(other, ['User'], false)),
  ];
}

/** EKS tags the sessions of pods with the names of the cluster and the pod. */
function sessionTags({ kind }: RolePrincipal): typeof SESSION_TAGS {
  return kind === 'pods'
    ? [[POD_TAGS, true], [[...POD_TAGS, 'Application'], false], ...SESSION_TAGS.map(([keys]) => [keys, false] as const)]
    : SESSION_TAGS;
}

/** True when a caller that assumes the role may tag the session. */
function mayTag(principal: RolePrincipal): boolean {
  switch (principal.kind) {
    case 'github':
    case 'oidc':
    case 'account':
    case 'pods':
      return true;
    case 'service':
    case 'irsa':
    case 'gitlab':
    case 'probe':
      return false;
    default:
      return principal satisfies never;
  }
}
