import { isJsonMap } from '../../catalog/json-map';
import { partitionOf } from '../../catalog/region';
import type { Account, Origin } from '../account';
import type { AssemblyStack } from '../resource/assembly-stack';
import type { Resource } from '../resource/resource';
import { TemplateError } from '../resource/template-error';
import { NESTED_STACK } from '../types/cloudformation';
import type { AccountParts } from '../types/resource-type';
import { RESOURCE_TYPES } from '../types/resource-types';
import { refOf } from '../types/stand-in';
import { wholeResource } from '../types/whole-resource';
import { stacksOutsideStages } from './cloud-assembly';
import { managedPolicies, principals } from './template-principals';
import { readTemplateResources } from './template-resources';

/**
 * Reads the synthesized templates of one environment as an account.
 *
 * Profiles get stand-in ids in the format of real ones, the same for the same profile. Roles and users that exist outside
 * the templates appear with the policies that the templates attach to them, and are not `complete`. A policy that is
 * attached and stands in no template has no document, which the evaluator refuses.
 *
 * @param folder a cloud assembly, such as `cdk.out`
 * @throws TemplateError when something cannot be read or resolved
 */
export function readTemplateAccount(folder: string, environment: string): Account {
  const { stacks, first, resources } = readTemplateResources(folder, environment);
  for (const r of resources) {
    const hidesGrants = r.type.startsWith('AWS::IAM::') || r.type === NESTED_STACK;
    if (hidesGrants && !RESOURCE_TYPES.has(r.type)) {
      throw new TemplateError(
        r.stack.templateFile,
        ['Resources', r.logicalId],
        `the type ${r.type} is not understood here`,
      );
    }
  }
  const all = principals(resources, `arn:${partitionOf(first.region)}:iam::${first.accountId}`);
  const carried = new Set(all.flatMap((p) => [...p.policies, ...(p.boundary ? [p.boundary] : [])]).map((p) => p.name));
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
      ...stacks.flatMap(parameters),
    ],
    managedPolicies: parts.flatMap((part) => part.managedPolicies ?? []),
    unattached: managedPolicies(resources).filter(({ name }) => !carried.has(name)),
    repeated: repeated(resources.flatMap(namesOf)),
    outside: stacksOutsideStages(folder),
    origins: new Map(resources.flatMap((r) => namesOf(r).map((name): [string, Origin] => [name, origin(r)]))),
  };
}

/** What an account has of a resource. One of which it would have nothing is compared whole where it names a function. */
function partsOf(r: Resource, all: readonly Resource[]): AccountParts {
  const type = RESOURCE_TYPES.get(r.type);
  const parts = type?.read(r, all) ?? {};
  const isSeen = Object.keys(parts).length > 0 || type?.access !== 'none';
  return isSeen || !namesFunction(r) ? parts : { wholeResources: [wholeResource(r, refOf(r))] };
}

/** Whether a resource may have a function called: most alarms only send messages to a topic. */
function namesFunction(r: Resource): boolean {
  const { properties } = wholeResource(r);
  return JSON.stringify(properties).includes(':lambda:');
}

function isRead(r: Resource, ownRegion: boolean): boolean {
  const type = RESOURCE_TYPES.get(r.type);
  return type !== undefined && (ownRegion || type.regions === 'own and billing');
}

/** Names by which a finding may call the resource. */
function namesOf(r: Resource): readonly string[] {
  return RESOURCE_TYPES.get(r.type)?.names(r) ?? [];
}

/** Parameters decide at deployment what a template says: whoever reads their defaults alone has not read it. */
function parameters({ templateFile, template }: AssemblyStack): readonly Origin[] {
  const names = Object.keys(isJsonMap(template['Parameters']) ? template['Parameters'] : {});
  return names
    .filter((name) => name !== 'BootstrapVersion')
    .map((logicalId) => ({ templateFile, logicalId, type: 'template parameter' }));
}

function repeated(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => seen.size === seen.add(name).size);
}

function origin({ stack: { templateFile }, logicalId, type }: Resource): Origin {
  return { templateFile, logicalId, type };
}
