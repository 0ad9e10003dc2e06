import { isJsonMap } from '../../catalog/json-map';
import { partitionOf } from '../../catalog/region';
import type { Account, Origin, Principal } from '../account';
import { assumedPolicy } from '../assumed-policy';
import type { AssemblyStack } from '../resource/assembly-stack';
import type { Resource } from '../resource/resource';
import { TemplateError } from '../resource/template-error';
import { NESTED_STACK } from '../types/cloudformation';
import type { AccountParts } from '../types/resource-type';
import { RESOURCE_TYPES } from '../types/resource-types';
import { refOf } from '../types/stand-in';
import { wholeResource } from '../types/whole-resource';
import { stacksOutsideStages } from './cloud-assembly';
import { isBootstrapVersion, isProfileIds } from './ssm-parameters';
import { managedPolicies, principals } from './template-principals';
import { readTemplateResources } from './template-resources';

/**
 * Reads the synthesized templates of one environment as an account.
 *
 * Each profile gets a made-up id in the format of a real one. The same profile always gets the same id. Roles and users
 * outside the templates appear with the policies that the templates attach to them, and their `complete` is false. An
 * attached policy that no template defines is taken to allow everything if the principal has a boundary, which limits it
 * all the same. Without a boundary it has no document, and the evaluator refuses it.
 *
 * @param folder a cloud assembly, such as `cdk.out`
 * @throws TemplateError when a template cannot be read or resolved
 */
export function readTemplateAccount(folder: string, environment: string): Account {
  const { stacks, first, resources } = readTemplateResources(folder, environment);
  for (const r of resources) {
    const hidesGrants = r.type.startsWith('AWS::IAM::') || r.type === NESTED_STACK;
    if (hidesGrants && !RESOURCE_TYPES.has(r.type)) {
      throw new TemplateError(r.stack.templateFile, ['Resources', r.logicalId], `the type ${r.type} is not understood`);
    }
  }
  const all = principals(resources, `arn:${partitionOf(first.region)}:iam::${first.accountId}`).map(
    withAssumedPolicies,
  );
  const inUse = new Set(all.flatMap((p) => [...p.policies, ...(p.boundary ? [p.boundary] : [])]).map((p) => p.name));
  const planDigest = stacks.find((s) => s.planDigest !== undefined)?.planDigest;
  const parts = resources.map((r) => partsOf(r, resources));
  return {
    ...(planDigest !== undefined && { planDigest }),
    accountId: first.accountId,
    region: first.region,
    partition: partitionOf(first.region),
    principals: all,
    profiles: parts.flatMap((part) => part.profiles ?? []),
    parameters: parts.flatMap((part) => part.parameters ?? []),
    functions: parts.flatMap((part) => part.functions ?? []),
    gates: parts.flatMap((part) => part.gates ?? []),
    budgets: parts.flatMap((part) => part.budgets ?? []),
    wholeResources: parts.flatMap((part) => part.wholeResources ?? []),
    unread: [
      ...resources.filter((r) => !isRead(r, r.stack.region === first.region)).map(origin),
      ...stacks.flatMap(templateParameters),
    ],
    managedPolicies: parts.flatMap((part) => part.managedPolicies ?? []),
    unattached: managedPolicies(resources).filter(({ name }) => !inUse.has(name)),
    duplicateNames: duplicates(resources.flatMap(namesOf)),
    stacksOutsideEnvironments: stacksOutsideStages(folder, environment),
    origins: new Map(resources.flatMap((r) => namesOf(r).map((name): [string, Origin] => [name, origin(r)]))),
  };
}

/** Gives a document to the policies that no template defines, if a boundary limits what they may allow. */
function withAssumedPolicies(principal: Principal): Principal {
  return principal.boundary?.document === undefined
    ? principal
    : {
        ...principal,
        policies: principal.policies.map((p) => (p.document === undefined ? assumedPolicy(p.name) : p)),
      };
}

/**
 * Reads a resource into the lists of an account. A resource that would add nothing is compared with all its properties
 * if one of them contains the ARN of a function.
 */
function partsOf(r: Resource, all: readonly Resource[]): AccountParts {
  const type = RESOURCE_TYPES.get(r.type);
  const parts = type?.read(r, all) ?? {};
  const isRepresented = Object.keys(parts).length > 0 || type?.access !== 'none';
  return isRepresented || !namesFunction(r) ? parts : { wholeResources: [wholeResource(r, refOf(r))] };
}

/** True when a resource contains the ARN of a function, and so may invoke it. Most alarms only publish to a topic. */
function namesFunction(r: Resource): boolean {
  const { properties } = wholeResource(r);
  return JSON.stringify(properties).includes(':lambda:');
}

function isRead(r: Resource, ownRegion: boolean): boolean {
  const type = RESOURCE_TYPES.get(r.type);
  return type !== undefined && (ownRegion || type.regions === 'own and billing');
}

/** Returns the names by which a finding may identify the resource. */
function namesOf(r: Resource): readonly string[] {
  return RESOURCE_TYPES.get(r.type)?.names(r) ?? [];
}

/**
 * Lists the parameters of a template. They may change it during its deployment, so that its defaults alone prove
 * nothing. Two kinds are left out, because nothing that is judged reads them. A rule reads the version of the bootstrap
 * stack, and a dashboard the ids of an application's profiles. The resolver refuses a reference to them anywhere else.
 */
function templateParameters({ templateFile, template }: AssemblyStack): readonly Origin[] {
  const parameters = isJsonMap(template['Parameters']) ? template['Parameters'] : {};
  return Object.entries(parameters)
    .filter(([, parameter]) => !isBootstrapVersion(parameter) && !isProfileIds(parameter))
    .map(([logicalId]) => ({ templateFile, logicalId, type: 'template parameter' }));
}

function duplicates(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => seen.size === seen.add(name).size);
}

function origin({ stack: { templateFile }, logicalId, type }: Resource): Origin {
  return { templateFile, logicalId, type };
}
