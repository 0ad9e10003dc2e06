import type { WholeResource } from '../account';
import type { Resource } from '../resource/resource';

/** Properties that are not compared, because they grant no access. */
const NOT_COMPARED: readonly string[] = ['Tags', 'ResourceTags', 'Description', 'AlarmDescription'];

/** Reads a resource with all the properties that are compared. */
export function wholeResource(r: Resource, name = r.logicalId): WholeResource {
  const properties = r.propertyNames.filter((p) => !NOT_COMPARED.includes(p)).map((p) => [p, r.property(p)]);
  return { type: r.type, name, properties: Object.fromEntries(properties) };
}
