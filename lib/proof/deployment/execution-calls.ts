import type { Resource } from '../../account/resource/resource';
import { resourceTags } from '../../account/resource/resource-tags';
import { TemplateError } from '../../account/resource/template-error';
import { TemplateLimit } from '../../account/resource/template-limit';
import type { ActionTarget, OwnRoles } from '../../account/types/action-target';
import { CUSTOM_RESOURCE } from '../../account/types/cloudformation';
import type { ResourceType, UnusedFeature } from '../../account/types/resource-type';
import { RESOURCE_TYPES } from '../../account/types/resource-types';
import { isJsonMap } from '../../catalog/json-map';
import { tagsSentWith, VERBS, type Verb } from '../../catalog/resource-handlers';
import type { AccessRequest, RequestContext } from '../../iam/match/access-request';

/** A request that CloudFormation makes for a resource, with the role that it deploys with. */
export interface ExecutionCall {
  /** Operations on the resource that make the request. */
  readonly verbs: readonly Verb[];
  readonly request: AccessRequest;
}

/** All requests that CloudFormation makes for one resource. */
export interface ExecutionCalls {
  readonly calls: readonly ExecutionCall[];
  /** Gaps in the knowledge about the requests, a sentence each. With any gap, `calls` is incomplete. */
  readonly unknown: readonly string[];
}

/**
 * Lists the requests that CloudFormation makes to create, read, change and delete a resource: every action of the
 * handlers of its type, on every ARN that the action concerns. An action is left out only if the template does not use
 * the feature that needs it, or if it deletes a resource that the template retains.
 *
 * A resource has no tags while it is created. Afterwards it has the tags of the template.
 */
export function executionCalls(resource: Resource, roles: OwnRoles): ExecutionCalls {
  const type = deployedType(resource.type);
  if (type === undefined || type.handlers === 'unknown') {
    return { calls: [], unknown: ['it is not known which actions CloudFormation calls for this type'] };
  }
  const { handlers, unusedFeatures, actsOn } = type;
  const features = unusedFeatures.map((feature) => ({ feature, used: usedBy(resource, feature) }));
  const unused = features.flatMap(({ feature, used }) => (used === undefined ? feature.actions : []));
  const elsewhere = features.filter(({ feature, used }) => used !== undefined && feature.elsewhere);
  const unknown = elsewhere.map(
    ({ feature: { feature, actions }, used }) =>
      `it uses ${used} (${feature}), and it is not known on which resources CloudFormation then calls ${actions.join(', ')}`,
  );
  const skipped = new Set([...unused, ...elsewhere.flatMap(({ feature }) => feature.actions)]);
  const verbs = VERBS.filter((verb) => verb !== 'delete' || !retained(resource));
  try {
    const tags = tagsOf(resource, type);
    const actions = [...new Set(verbs.flatMap((verb) => handlers[verb]))].filter((action) => !skipped.has(action));
    const calls = actions.flatMap((action) => {
      const concerns = (actsOn.others[action] ?? actsOn.itselfFor[action] ?? actsOn.itself)(resource, roles);
      return verbs
        .filter((verb) => handlers[verb].includes(action))
        .flatMap((verb) => callsOf(verb, action, concerns, tags));
    });
    return { calls: merged(calls), unknown: [...unknown, ...strayTags(resource, type)] };
  } catch (error) {
    if (error instanceof TemplateError && !(error instanceof TemplateLimit)) {
      return { calls: [], unknown: [...unknown, error.message] };
    }
    throw error;
  }
}

/** Returns the type of a resource by its name. Every custom resource is deployed alike, including foreign ones. */
function deployedType(name: string): ResourceType | undefined {
  return RESOURCE_TYPES.get(name) ?? (name.startsWith('Custom::') ? CUSTOM_RESOURCE : undefined);
}

function callsOf(
  verb: Verb,
  action: string,
  concerns: readonly ActionTarget[],
  tags: Readonly<Record<string, string>>,
): readonly ExecutionCall[] {
  const keys = Object.keys(tags);
  const sent = tagsSentWith(action);
  const carried: RequestContext = {
    ...(verb !== 'create' && resourceTags(tags)),
    ...(sent === 'tags' &&
      Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, [value]]))),
    ...(sent !== 'nothing' && keys.length > 0 && { 'aws:TagKeys': keys }),
  };
  return concerns.map(({ resource, context }) => ({
    verbs: [verb],
    request: { action, resource, context: { ...carried, ...context } },
  }));
}

/** Returns the property by which a resource uses a feature, or `undefined` if the feature is unused. */
function usedBy(resource: Resource, { absent = [], present = [] }: UnusedFeature): string | undefined {
  const used = absent.find((path) => has(resource, path) ?? true);
  const missing = present.find((path) => !has(resource, path));
  return used ?? (missing && `no ${missing}`);
}

/** True when a property is set, `undefined` when it cannot be resolved. */
function has(resource: Resource, path: string): boolean | undefined {
  const [name = '', ...rest] = path.split('.');
  try {
    const value = rest.reduce<unknown>(below, resource.property(name));
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  } catch (error) {
    if (error instanceof TemplateError && !(error instanceof TemplateLimit)) {
      return undefined;
    }
    throw error;
  }
}

/** Returns the value of a key in a map, or its values in a list of maps. */
function below(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => below(item, key)).filter((item) => item !== undefined);
  }
  return isJsonMap(value) ? value[key] : undefined;
}

/** True when CloudFormation keeps the resource after the template drops or replaces it. */
function retained({ stack, logicalId }: Resource): boolean {
  const resources = stack.template['Resources'];
  const resource = isJsonMap(resources) ? resources[logicalId] : undefined;
  return isJsonMap(resource) && resource['DeletionPolicy'] === 'Retain' && resource['UpdateReplacePolicy'] === 'Retain';
}

/** Reads the tags of a resource. Most types hold them as a list of keys and values, some as a map. */
function tagsOf(resource: Resource, { tags }: ResourceType): Readonly<Record<string, string>> {
  const value = (tags === 'none' ? undefined : resource.property(tags)) ?? {};
  const entries = Array.isArray(value)
    ? value.filter(isJsonMap).map((tag) => [String(tag['Key']), String(tag['Value'])])
    : Object.entries(value as object).map(([key, text]) => [key, String(text)]);
  return Object.fromEntries(entries);
}

/**
 * Reports tags under a property that the type is not known to have. CloudFormation would send them in an unknown way.
 */
function strayTags({ propertyNames }: Resource, { tags }: ResourceType): readonly string[] {
  return ['Tags', 'ResourceTags']
    .filter((name) => propertyNames.includes(name) && name !== tags)
    .map((name) => `it is not known how CloudFormation sends its ${name}`);
}

function merged(calls: readonly ExecutionCall[]): readonly ExecutionCall[] {
  const byRequest = new Map<string, ExecutionCall>();
  for (const { verbs, request } of calls) {
    const key = JSON.stringify(request);
    byRequest.set(key, { verbs: [...new Set([...(byRequest.get(key)?.verbs ?? []), ...verbs])], request });
  }
  return [...byRequest.values()];
}
