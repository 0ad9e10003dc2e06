import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import type { Resource } from './resource';
import { TemplateError } from './template-error';

/**
 * Reports a property whose value does not fit the resource type.
 *
 * @throws TemplateError always
 */
export function rejectProperty(r: Resource, name: string, problem: string): never {
  throw new TemplateError(r.stack.templateFile, ['Resources', r.logicalId, 'Properties', name], problem);
}

export function text(r: Resource, name: string): string {
  const value = r.property(name);
  return typeof value === 'string' ? value : rejectProperty(r, name, 'must be text');
}

/** Reads a list of text, which is empty when the template omits the property. */
export function texts(r: Resource, name: string): readonly string[] {
  const value = r.property(name) ?? [];
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? value
    : rejectProperty(r, name, 'must be a list of text');
}

/** Reads a map, which is empty when the template omits the property. */
export function map(r: Resource, name: string): JsonMap {
  const value = r.property(name) ?? {};
  return isJsonMap(value) ? value : rejectProperty(r, name, 'must be a map');
}

/** Reads a list of maps, which is empty when the template omits the property. */
export function maps(r: Resource, name: string): readonly JsonMap[] {
  const value = r.property(name) ?? [];
  return Array.isArray(value) && value.every(isJsonMap) ? value : rejectProperty(r, name, 'must be a list of maps');
}

/**
 * Reads the tags of a resource.
 *
 * @param property name of the property that holds the tags
 */
export function tags(r: Resource, property = 'Tags'): Readonly<Record<string, string>> {
  return Object.fromEntries(maps(r, property).map((tag) => [String(tag['Key']), String(tag['Value'])]));
}
