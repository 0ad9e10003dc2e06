import { OTHER_IAM_TYPES } from './iam';
import type { Access, PolicyAccess, PrincipalKind, ResourceType } from './resource-type';
import { RESOURCE_TYPES } from './resource-types';

const OTHERS: ReadonlyMap<string, Pick<ResourceType, 'access'>> = new Map(Object.entries(OTHER_IAM_TYPES));

/** How a type takes part in giving access, or `undefined` for one that nobody here knows. */
export function accessOf(type: string): Access | undefined {
  return (RESOURCE_TYPES.get(type) ?? OTHERS.get(type))?.access;
}

export function isPolicy(access: Access | undefined): access is PolicyAccess {
  return typeof access === 'object' && 'policy' in access;
}

/** Which kind of principal a type is, or `undefined` for one that is none. */
export function principalKind(access: Access | undefined): PrincipalKind | undefined {
  return typeof access === 'object' && 'principal' in access ? access.principal : undefined;
}
