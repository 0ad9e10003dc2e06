import { type AssemblyContent, readAssemblyContent } from '../../lib/account/templates/assembly-content';
import { planAccess } from '../../lib/plan/environment/access-plan';
import { compareAssemblies } from '../../lib/proof/templates/compare-assemblies';
import { testEnvironment } from '../plan/environments';
import { sharedAssembly } from '../stacks/shared-assembly';

/** A map or a list, whose entries a test changes in place. */
type Entries = { [key: string]: unknown };

interface Place {
  readonly parent: Entries;
  readonly key: string;
  readonly path: string;
}

/** Lists every entry of every map and list below a value. */
function entries(value: unknown, path: string): readonly Place[] {
  return typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, item]) => [
        { parent: value as Entries, key, path: `${path}.${key}` },
        ...entries(item, `${path}.${key}`),
      ]);
}

/** IAM documents, which the proof judges by what they give. */
const JUDGED = /\.Properties\.(?:Assume[A-Za-z]+|PolicyDocument)\./;

/** True where the proof judges the document by what it gives, because its resource is one of IAM. */
function isJudged(path: string, { stacks: [stack] }: AssemblyContent): boolean {
  const [, id = ''] = /^template\.Resources\.([^.]+)/.exec(path) ?? [];
  const resources = stack?.template['Resources'] as Readonly<Record<string, { readonly Type: string }>>;
  return JUDGED.test(path) && (resources[id]?.Type ?? '').startsWith('AWS::IAM::');
}

interface Unseen {
  readonly tried: number;
  readonly places: readonly string[];
}

/** Tries every change at every place of a content, and returns the places where a change is not seen. */
function unseen(content: AssemblyContent, tried: readonly Place[]): Unseen {
  const original = structuredClone(content);
  const all = tried.filter(({ path }) => !isJudged(path, original));
  const places = all.flatMap(({ parent, key, path }) => {
    const value = parent[key];
    const missed: string[] = [];
    parent[key] = typeof value === 'number' ? value + 1 : `${String(value)}x`;
    if (compareAssemblies(content, original).length === 0) {
      missed.push(`${path} changed`);
    }
    if (Array.isArray(parent)) {
      parent[key] = value;
      parent.push(value);
      if (compareAssemblies(content, original).length === 0) {
        missed.push(`${path} twice`);
      }
      parent.pop();
    } else {
      delete parent[key];
      if (compareAssemblies(content, original).length === 0) {
        missed.push(`${path} removed`);
      }
      parent[key] = value;
    }
    return missed;
  });
  return { tried: all.length, places };
}

/**
 * Returns the content with one resource of its stack alone. A template is compared resource by resource, so this shows
 * the same differences within the resource, in a fraction of the time.
 */
function withResource(content: AssemblyContent, id: string): AssemblyContent {
  const stacks = content.stacks.map((stack) => {
    const resources = stack.template['Resources'] as Readonly<Record<string, unknown>>;
    return { ...stack, template: { Resources: { [id]: resources[id] } } };
  });
  return structuredClone({ ...content, stacks });
}

const whole = readAssemblyContent(sharedAssembly(planAccess(testEnvironment('prod'))), 'prod');
const none: AssemblyContent = { manifests: {}, assetLists: {}, files: {}, stacks: [] };

test.each(whole.stacks.map(({ displayName }) => displayName))(
  'every value of the template of %s that is changed, doubled or removed is a difference',
  (displayName) => {
    const stack = { ...none, stacks: structuredClone(whole.stacks.filter((one) => one.displayName === displayName)) };
    const template = stack.stacks[0]?.template;
    // In the whole template: its sections, and each resource as such.
    const outside = entries(template, 'template').filter(({ path }) => !/^template\.Resources\.[^.]+\./.test(path));
    const inEach = Object.keys((template?.['Resources'] ?? {}) as Entries).map((id) => {
      const alone = withResource(stack, id);
      return unseen(alone, entries(alone.stacks[0]?.template, 'template'));
    });
    const found = [unseen(stack, outside), ...inEach];
    expect(found.flatMap(({ places }) => places)).toEqual([]);
    expect(found.reduce((sum, { tried }) => sum + tried, 0)).toBeGreaterThan(50);
  },
);

test('every value of the manifests and the lists of assets is a difference as well', () => {
  const content = structuredClone({ ...whole, stacks: whole.stacks.map((stack) => ({ ...stack, template: {} })) });
  for (const part of ['manifests', 'assetLists', 'files'] as const) {
    const { tried, places } = unseen(content, entries(content[part], part));
    expect(places).toEqual([]);
    expect(tried).toBeGreaterThan(3);
  }
});
