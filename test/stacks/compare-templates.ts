import { types } from './create-only.json';
import type { Resource, Templates } from './synthesized';

const CREATE_ONLY: Readonly<Record<string, readonly string[]>> = types;

/** Changes that CloudFormation makes when it updates an environment, each as `stack type`, sorted. */
export interface TemplateChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly updated: readonly string[];
  /** Resources that are created again before the old ones are deleted. */
  readonly replaced: readonly string[];
  /** Names of new resources that an old resource still has. CloudFormation would fail. */
  readonly collisions: readonly string[];
}

/**
 * Lists the properties that CloudFormation cannot change in place.
 *
 * @throws Error for a type that is not yet in `create-only.json`
 */
function createOnly(type: string): readonly string[] {
  const properties = CREATE_ONLY[type.startsWith('Custom::') ? 'AWS::CloudFormation::CustomResource' : type];
  if (properties === undefined) {
    throw new Error(`import the create-only properties of ${type}: npx tsx scripts/import-create-only.mjs FOLDER`);
  }
  return properties;
}

/** Types whose create-only name is that of another resource, to which they belong. */
const NAMED_BY_OTHERS = ['AWS::Budgets::BudgetsAction', 'AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::Permission'];

/** Lists the create-only properties that name a resource of a type. Two resources of the type cannot share them. */
export function nameProperties(type: string): readonly string[] {
  return NAMED_BY_OTHERS.includes(type)
    ? []
    : createOnly(type).filter((path) => /(Name|^Url)$/.test(path) && path !== 'EventBusName');
}

function namesOf({ Type, Properties }: Resource): readonly string[] {
  return nameProperties(Type)
    .map((path) => at(Properties, path))
    .filter((name) => name !== undefined)
    .map((name) => `${Type} ${JSON.stringify(name)}`);
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, key) => Object(part)[key], value);
}

/** Indexes every resource by its stack and logical id. */
function byId(templates: Templates): ReadonlyMap<string, Resource> {
  return new Map(
    Object.entries(templates).flatMap(([stack, { Resources }]) =>
      Object.entries(Resources).map(([id, resource]): [string, Resource] => [`${stack} ${id}`, resource]),
    ),
  );
}

/** Copies the properties and marks references to replaced resources, so that they differ from the old references. */
function withReplaced(stack: string, properties: unknown, replaced: ReadonlySet<string>): unknown {
  return JSON.parse(JSON.stringify(properties ?? {}), (_, value: unknown) => {
    const { Ref: ref, 'Fn::GetAtt': attribute } = Object(value) as Readonly<Record<string, unknown>>;
    const id = ref ?? (Array.isArray(attribute) ? attribute[0] : undefined);
    return replaced.has(`${stack} ${String(id)}`) ? { anew: value } : value;
  });
}

export function compareTemplates(before: Templates, after: Templates): TemplateChange {
  const [old, now] = [byId(before), byId(after)];
  const both = [...now].flatMap(([id, resource]) => {
    const was = old.get(id);
    return was === undefined ? [] : [{ id, stack: id.split(' ')[0] ?? '', was, resource }];
  });
  // A resource that refers to a replaced resource changes too, and may be replaced for that reason.
  let replaced = new Set<string>();
  for (let known = -1; known < replaced.size; ) {
    known = replaced.size;
    replaced = new Set(
      both
        .filter(({ stack, was, resource }) => {
          const properties = withReplaced(stack, resource.Properties, replaced);
          return (
            was.Type !== resource.Type ||
            createOnly(resource.Type).some((path) => text(at(was.Properties, path)) !== text(at(properties, path)))
          );
        })
        .map(({ id }) => id),
    );
  }
  const updated = both.filter(
    ({ id, stack, was, resource }) =>
      !replaced.has(id) && text(was.Properties ?? {}) !== text(withReplaced(stack, resource.Properties, replaced)),
  );
  const added = [...now.keys()].filter((id) => !old.has(id));
  const kept = new Set([...old.values()].flatMap(namesOf));
  const words = (ids: readonly string[]): readonly string[] =>
    [...new Set(ids.map((id) => `${id.split(' ')[0]} ${(now.get(id) ?? old.get(id))?.Type}`))].sort();
  return {
    added: words(added),
    removed: words([...old.keys()].filter((id) => !now.has(id))),
    updated: words(updated.map(({ id }) => id)),
    replaced: words([...replaced]),
    collisions: [...added, ...replaced].flatMap((id) => namesOf(now.get(id) as Resource).filter((n) => kept.has(n))),
  };
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
