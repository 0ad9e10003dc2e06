import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import type { Resource } from './resource';
import { TemplateError } from './template-error';

/** A property that is not what its type says. */
export function wrong(r: Resource, name: string, problem: string): never {
  throw new TemplateError(r.stack.templateFile, ['Resources', r.logicalId, 'Properties', name], problem);
}

export function text(r: Resource, name: string): string {
  const value = r.property(name);
  return typeof value === 'string' ? value : wrong(r, name, 'must be text');
}

/** A list of text; empty where the template leaves it out. */
export function texts(r: Resource, name: string): readonly string[] {
  const value = r.property(name) ?? [];
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? value
    : wrong(r, name, 'must be a list of text');
}

/** A map; empty where the template leaves it out. */
export function map(r: Resource, name: string): JsonMap {
  const value = r.property(name) ?? {};
  return isJsonMap(value) ? value : wrong(r, name, 'must be a map');
}

/** A list of maps; empty where the template leaves it out. */
export function maps(r: Resource, name: string): readonly JsonMap[] {
  const value = r.property(name) ?? [];
  return Array.isArray(value) && value.every(isJsonMap) ? value : wrong(r, name, 'must be a list of maps');
}

/** @param property what the type calls them */
export function tags(r: Resource, property = 'Tags'): Readonly<Record<string, string>> {
  return Object.fromEntries(maps(r, property).map((tag) => [String(tag['Key']), String(tag['Value'])]));
}
