import type { Resource } from '../../account/resource/resource';
import { resourceTags } from '../../account/resource/resource-tags';
import { TemplateError } from '../../account/resource/template-error';
import { isJsonMap } from '../../catalog/json-map';
import { type LeftOut, leftOut, resourceHandlers, VERBS, type Verb } from '../../catalog/resource-handlers';
import type { AccessRequest, RequestContext } from '../../iam/match/access-request';
import { type Concern, concernsOf, type OwnRoles } from './execution-concerns';

/** A request that CloudFormation makes for a resource, as the role it deploys with. */
export interface ExecutionCall {
  /** When: what is done with the resource. */
  readonly verbs: readonly Verb[];
  readonly request: AccessRequest;
}

/** All requests for one resource. */
export interface ExecutionCalls {
  readonly calls: readonly ExecutionCall[];
  /** What is not known of them, a sentence each: then they are not all. */
  readonly unknown: readonly string[];
}

/** Actions that carry tags, and those that name tag keys (service authorization reference). */
const WITH_TAGS: ReadonlySet<string> = new Set([
  'bedrock:CreateInferenceProfile',
  'bedrock:TagResource',
  'budgets:TagResource',
  'ce:CreateAnomalyMonitor',
  'ce:CreateAnomalySubscription',
  'ce:TagResource',
  'cloudwatch:PutDashboard',
  'cloudwatch:PutMetricAlarm',
  'cloudwatch:TagResource',
  'events:PutRule',
  'events:TagResource',
  'iam:CreateOpenIDConnectProvider',
  'iam:CreateRole',
  'iam:TagOpenIDConnectProvider',
  'iam:TagRole',
  'kms:CreateKey',
  'kms:TagResource',
  'lambda:CreateFunction',
  'lambda:TagResource',
  'logs:CreateLogGroup',
  'logs:TagResource',
  'sns:CreateTopic',
  'sns:TagResource',
  'ssm:AddTagsToResource',
  'ssm:PutParameter',
  'states:CreateStateMachine',
  'states:TagResource',
]);
const WITH_TAG_KEYS: ReadonlySet<string> = new Set([
  'bedrock:UntagResource',
  'budgets:UntagResource',
  'cloudwatch:UntagResource',
  'events:UntagResource',
  'iam:UntagOpenIDConnectProvider',
  'iam:UntagRole',
  'kms:UntagResource',
  'lambda:UntagResource',
  'logs:UntagResource',
  'sns:UntagResource',
  'ssm:RemoveTagsFromResource',
  'states:UntagResource',
]);

/**
 * Everything CloudFormation asks IAM for to create, read, change and delete a resource: each action of the handlers of its
 * type, on all that it concerns. An action is left out only where the template leaves a feature unused, and a deletion
 * where the template retains the resource.
 *
 * A resource that is being created has no tags yet, and one that exists has those of the template.
 */
export function executionCalls(resource: Resource, roles: OwnRoles): ExecutionCalls {
  const handlers = resourceHandlers(resource.type);
  if (handlers === undefined) {
    return { calls: [], unknown: [`what CloudFormation calls for it is not known here`] };
  }
  const features = leftOut(resource.type).map((entry) => ({ entry, used: usedBy(resource, entry) }));
  const unused = new Set(features.flatMap(({ entry, used }) => (used === undefined ? entry.actions : [])));
  const elsewhere = features.filter(({ entry, used }) => used !== undefined && entry.elsewhere);
  const unknown = elsewhere.map(
    ({ entry, used }) =>
      `it uses ${used} (${entry.feature}): on what CloudFormation then calls ${entry.actions.join(', ')} is not known here`,
  );
  const skipped = new Set([...unused, ...elsewhere.flatMap(({ entry }) => entry.actions)]);
  const verbs = VERBS.filter((verb) => verb !== 'delete' || !retained(resource));
  try {
    const tags = tagsOf(resource);
    const actions = [...new Set(verbs.flatMap((verb) => handlers[verb]))].filter((action) => !skipped.has(action));
    const asked = actions.map((action) => ({ action, concerns: concernsOf(resource, action, roles) }));
    const nowhere = asked.filter(({ concerns }) => concerns === undefined).map(({ action }) => action);
    const calls = asked.flatMap(({ action, concerns = [] }) =>
      verbs.filter((verb) => handlers[verb].includes(action)).flatMap((verb) => callsOf(verb, action, concerns, tags)),
    );
    return {
      calls: merged(calls),
      unknown: [
        ...unknown,
        ...(nowhere.length === 0 ? [] : [`on what CloudFormation calls ${nowhere.join(', ')} is not known here`]),
      ],
    };
  } catch (error) {
    if (error instanceof TemplateError) {
      return { calls: [], unknown: [...unknown, error.message] };
    }
    throw error;
  }
}

function callsOf(
  verb: Verb,
  action: string,
  concerns: readonly Concern[],
  tags: Readonly<Record<string, string>>,
): readonly ExecutionCall[] {
  const keys = Object.keys(tags);
  const carried: RequestContext = {
    ...(verb !== 'create' && resourceTags(tags)),
    ...(WITH_TAGS.has(action) &&
      Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, [value]]))),
    ...((WITH_TAGS.has(action) || WITH_TAG_KEYS.has(action)) && keys.length > 0 && { 'aws:TagKeys': keys }),
  };
  return concerns.map(({ resource, context }) => ({
    verbs: [verb],
    request: { action, resource, context: { ...carried, ...context } },
  }));
}

/** The property by which a resource uses a feature, or `undefined` where it leaves it unused. */
function usedBy(resource: Resource, { absent = [], present = [] }: LeftOut): string | undefined {
  const used = absent.find((path) => has(resource, path) ?? true);
  const missing = present.find((path) => !has(resource, path));
  return used ?? (missing && `no ${missing}`);
}

/** Whether a property is there, or `undefined` where it cannot be resolved. */
function has(resource: Resource, path: string): boolean | undefined {
  const [name = '', ...rest] = path.split('.');
  try {
    const value = rest.reduce<unknown>(below, resource.property(name));
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  } catch (error) {
    if (error instanceof TemplateError) {
      return undefined;
    }
    throw error;
  }
}

/** What stands under a key of a map, or of the maps of a list. */
function below(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => below(item, key)).filter((item) => item !== undefined);
  }
  return isJsonMap(value) ? value[key] : undefined;
}

/** Whether CloudFormation leaves the resource where it is when the template drops or replaces it. */
function retained({ stack, logicalId }: Resource): boolean {
  const resources = stack.template['Resources'];
  const resource = isJsonMap(resources) ? resources[logicalId] : undefined;
  return isJsonMap(resource) && resource['DeletionPolicy'] === 'Retain' && resource['UpdateReplacePolicy'] === 'Retain';
}

/** A list of keys and values, or for some types a map. */
function tagsOf(resource: Resource): Readonly<Record<string, string>> {
  const value = resource.property('Tags') ?? resource.property('ResourceTags') ?? {};
  const entries = Array.isArray(value)
    ? value.filter(isJsonMap).map((tag) => [String(tag['Key']), String(tag['Value'])])
    : Object.entries(value as object).map(([key, text]) => [key, String(text)]);
  return Object.fromEntries(entries);
}

function merged(calls: readonly ExecutionCall[]): readonly ExecutionCall[] {
  const byRequest = new Map<string, ExecutionCall>();
  for (const { verbs, request } of calls) {
    const key = JSON.stringify(request);
    byRequest.set(key, { verbs: [...new Set([...(byRequest.get(key)?.verbs ?? []), ...verbs])], request });
  }
  return [...byRequest.values()];
}
