import { OTHER_IAM_TYPES } from './iam';
import type { Access, PolicyAccess, PrincipalKind, ResourceType } from './resource-type';
import { RESOURCE_TYPES } from './resource-types';

const OTHERS: ReadonlyMap<string, Pick<ResourceType, 'access'>> = new Map(Object.entries(OTHER_IAM_TYPES));

/** Returns the part that a type plays in granting access, or `undefined` for an unknown type. */
export function accessOf(type: string): Access | undefined {
  return (RESOURCE_TYPES.get(type) ?? OTHERS.get(type))?.access;
}

export function isPolicy(access: Access | undefined): access is PolicyAccess {
  return typeof access === 'object' && 'policy' in access;
}

/** Returns the kind of principal that a type defines, or `undefined` when it defines none. */
export function principalKind(access: Access | undefined): PrincipalKind | undefined {
  return typeof access === 'object' && 'principal' in access ? access.principal : undefined;
}
