import type { AssemblyCopy, Json } from './assembly-copy';
import type { Kind } from './mutant';

/** Removes each property of each type of resource. */
export function propertyKinds(assemblies: readonly AssemblyCopy[]): readonly Kind[] {
  const properties = assemblies.flatMap((assembly) =>
    assembly
      .resources()
      .flatMap(({ resource: { Type: type, Properties: all } }) =>
        Object.keys(all as Json).map((name) => `${type} ${name}`),
      ),
  );
  return [...new Set(properties)].sort().map(withoutProperty);
}

function withoutProperty(property: string): Kind {
  const [type, name = ''] = property.split(' ');
  return {
    what: `${property} is removed`,
    mutants: (assembly) =>
      assembly
        .resources()
        .filter(({ resource }) => resource['Type'] === type && Object.hasOwn(resource['Properties'] as Json, name))
        .map(({ file, id }) => ({
          where: `${file} ${id}`,
          named: [id],
          apply: (copy) => {
            const template = copy.json(file);
            delete ((resourcesOf(template)[id] as Json)['Properties'] as Json)[name];
            copy.writeJson(file, template);
          },
        })),
  };
}

function resourcesOf(template: Json): Readonly<Record<string, Json>> {
  return template['Resources'] as Readonly<Record<string, Json>>;
}
