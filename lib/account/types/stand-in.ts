import type { Resource } from '../resource/resource';
import { OTHER_IAM_TYPES } from './iam';
import type { StandIn } from './resource-type';
import { RESOURCE_TYPES } from './resource-types';

const OTHERS: ReadonlyMap<string, { readonly standIn: StandIn }> = new Map(Object.entries(OTHER_IAM_TYPES));

function standInOf({ type }: Resource): StandIn | undefined {
  return (RESOURCE_TYPES.get(type) ?? OTHERS.get(type))?.standIn;
}

/** Returns the made-up value of `Ref` for the resource, or `undefined` when it is unknown. */
export function refOf(resource: Resource): string | undefined {
  return standInOf(resource)?.ref?.(resource);
}

/** Returns the made-up value of `Fn::GetAtt` for the resource, or `undefined` when it is unknown. */
export function attributeOf(resource: Resource, attribute: string): unknown {
  const attributes = standInOf(resource)?.attributes ?? {};
  return Object.hasOwn(attributes, attribute) ? attributes[attribute]?.(resource) : undefined;
}
