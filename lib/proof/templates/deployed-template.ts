import { accessOf, isPolicy, principalKind } from '../../account/types/access';
import type { Access } from '../../account/types/resource-type';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';

/** Stands for a document that the proof judges by what it gives. */
const JUDGED = 'a document that is judged for access';

/**
 * Returns a template as it is compared with another one: without the metadata that the CDK leaves for its own tools,
 * and without the documents of IAM, which the proof judges by the access that they give.
 */
export function comparedTemplate(template: JsonMap): JsonMap {
  return withResources(withoutCdkMetadata(template), (resource) => {
    const { Type: type, Properties: properties } = resource;
    return typeof type === 'string' && isJsonMap(properties)
      ? { ...resource, Properties: withoutDocuments(type, properties) }
      : resource;
  });
}

/**
 * Returns a template without the metadata that the CDK CLI asks for (`aws:cdk:path`, `aws:asset:path`) or, with
 * `prefixes`, without a part of it.
 */
export function withoutCdkMetadata(
  template: JsonMap,
  prefixes: readonly string[] = ['aws:cdk:', 'aws:asset:'],
): JsonMap {
  return withResources(template, (resource) => {
    const { Metadata: metadata, ...others } = resource;
    if (!isJsonMap(metadata)) {
      return resource;
    }
    const kept = Object.entries(metadata).filter(
      ([key, value]) => !prefixes.some((prefix) => key.startsWith(prefix)) || !isPlain(value),
    );
    return kept.length === 0 ? others : { ...resource, Metadata: Object.fromEntries(kept) };
  });
}

/** True for the resource by which the CDK counts its users. CloudFormation does nothing for it. */
export function isUsageReport(resource: unknown): boolean {
  const { Type: type, Properties: properties, ...others } = isJsonMap(resource) ? resource : {};
  return (
    type === 'AWS::CDK::Metadata' &&
    isJsonMap(properties) &&
    Object.entries(properties).every(([key, value]) => key === 'Analytics' && isPlain(value)) &&
    Object.keys(others).length === 0
  );
}

/** True for a value in which CloudFormation resolves nothing, so that it reads no secret for it. */
function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) && !String(value).includes('{{resolve:');
}

/** Returns the properties of a type that hold IAM documents. */
export function documentsOf(access: Access | undefined): readonly string[] {
  return isPolicy(access) ? ['PolicyDocument'] : principalKind(access) ? ['AssumeRolePolicyDocument'] : [];
}

function withoutDocuments(type: string, properties: JsonMap): JsonMap {
  const documents = documentsOf(accessOf(type));
  const judged = documents.filter((name) => isJsonMap(properties[name])).map((name) => [name, JUDGED] as const);
  return { ...properties, ...Object.fromEntries(judged) };
}

function withResources(template: JsonMap, change: (resource: JsonMap) => JsonMap): JsonMap {
  const { Resources: resources } = template;
  return isJsonMap(resources)
    ? {
        ...template,
        Resources: Object.fromEntries(
          Object.entries(resources).map(([id, resource]) => [id, isJsonMap(resource) ? change(resource) : resource]),
        ),
      }
    : template;
}
