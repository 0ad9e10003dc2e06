import { VERBS } from '../../catalog/resource-handlers';
import type { ResourceType } from './resource-type';

/**
 * Returns the actions that CloudFormation calls for a type, as long as no template uses the features in
 * `unusedFeatures`.
 */
export function calledActions({ handlers, unusedFeatures }: ResourceType): readonly string[] {
  const unused = unusedFeatures.flatMap(({ actions }) => actions);
  const all = handlers === 'unknown' ? [] : VERBS.flatMap((verb) => handlers[verb]);
  return [...new Set(all)].filter((action) => !unused.includes(action));
}

/** Returns the actions that CloudFormation calls on the resources of the given types themselves, sorted. */
export function ownActions(...types: readonly ResourceType[]): readonly string[] {
  const own = types.flatMap((type) =>
    calledActions(type).filter((action) => !Object.hasOwn(type.actsOn.others, action)),
  );
  return [...new Set(own)].sort();
}
