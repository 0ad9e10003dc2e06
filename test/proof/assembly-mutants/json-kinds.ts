import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AssemblyCopy, Json } from './assembly-copy';
import type { Kind, Mutant } from './mutant';

/** Parts of an assembly that a kind can change. A resource has its type in place of a name. */
const PLACES = [
  'root',
  'stage',
  'manifest',
  'stack',
  'assets',
  'list',
  'code',
  'uploaded template',
  'template',
] as const;
type Place = (typeof PLACES)[number];

const path = z.string().startsWith('/');
const jsonKind = z.strictObject({
  what: z.string(),
  /** A part of the assembly or, with `::`, a type of resources. */
  at: z.union([z.enum(PLACES), z.string().includes('::')]),
  /** Values to set, by path. A path that ends with `-` adds to a list. */
  set: z.record(path, z.unknown()).default({}),
  /** Paths of values to remove. The part must have them. */
  remove: z.array(path).default([]),
  harmless: z.string().optional(),
});
type JsonKind = z.infer<typeof jsonKind>;

/** Reads the kinds of a table. */
export function jsonKinds(table: string): readonly Kind[] {
  return z
    .array(jsonKind)
    .parse(JSON.parse(readFileSync(join(__dirname, table), 'utf8')))
    .map((kind) => ({
      what: kind.what,
      ...(kind.harmless !== undefined && { harmless: kind.harmless }),
      mutants: (assembly) => mutantsOf(kind, assembly),
    }));
}

/** A part of a JSON file. */
interface Part {
  readonly file: string;
  readonly at: readonly string[];
  readonly named: readonly string[];
}

function mutantsOf(kind: JsonKind, assembly: AssemblyCopy): readonly Mutant[] {
  return partsOf(kind.at, assembly).flatMap((part): readonly Mutant[] => {
    const value = valueAt(assembly.json(part.file), part.at);
    const sets = Object.entries(kind.set).map(([p, v]) => [keysOf(p), JSON.stringify(v)] as const);
    const isPossible =
      kind.remove.every((removed) => valueAt(value, keysOf(removed)) !== undefined) &&
      sets.every(([keys, set]) => isSettable(value, keys) && JSON.stringify(valueAt(value, keys)) !== set);
    return isPossible
      ? [
          {
            where: [part.file, ...part.at].join(' '),
            named: part.named,
            apply: (copy) => {
              const json = copy.json(part.file);
              const names = { ENV: copy.environment, STAGE: copy.stage };
              for (const removed of kind.remove) {
                remove(json, [...part.at, ...keysOf(removed)]);
              }
              for (const [p, v] of Object.entries(kind.set)) {
                setAt(json, [...part.at, ...keysOf(replaceNames(p, names))], withNames(v, names));
              }
              copy.writeJson(part.file, json);
            },
          },
        ]
      : [];
  });
}

function replaceNames(text: string, names: Readonly<Record<string, string>>): string {
  return text.replace(/\bENV\b|\bSTAGE\b/g, (name) => names[name] ?? name);
}

/** Replaces the words ENV and STAGE in a value. */
function withNames(value: unknown, names: Readonly<Record<string, string>>): unknown {
  return JSON.parse(replaceNames(JSON.stringify(value), names));
}

function partsOf(at: JsonKind['at'], assembly: AssemblyCopy): readonly Part[] {
  if (!PLACES.includes(at as Place)) {
    return assembly
      .resources()
      .filter(({ resource }) => resource['Type'] === at)
      .map(({ file, id }) => ({ file, at: ['Resources', id], named: [id] }));
  }
  const { stage } = assembly;
  const [root, manifest] = ['manifest.json', `${stage}/manifest.json`];
  const artifacts = (file: string, type: string): readonly Part[] =>
    Object.entries(assembly.json(file)['artifacts'] as Readonly<Record<string, Json>>)
      .filter(([, artifact]) => artifact['type'] === type)
      .map(([id]) => ({ file, at: ['artifacts', id], named: [file, id] }));
  const whole = (file: string): Part => ({ file, at: [], named: [file, ...stackNames(assembly, file)] });
  const listed = (packaging: string): readonly Part[] =>
    assembly.files('.assets.json').flatMap((file) =>
      Object.entries(assembly.json(file)['files'] as Readonly<Record<string, Json>>)
        .filter(([, { source }]) => (source as Json)['packaging'] === packaging)
        .map(([id]) => ({ file, at: ['files', id], named: [file] })),
    );
  switch (at as Place) {
    case 'root':
      return [whole(root)];
    case 'stage':
      return artifacts(root, 'cdk:cloud-assembly');
    case 'manifest':
      return [whole(manifest)];
    case 'stack':
      return artifacts(manifest, 'aws:cloudformation:stack');
    case 'assets':
      return artifacts(manifest, 'cdk:asset-manifest');
    case 'list':
      return assembly.files('.assets.json').map(whole);
    case 'code':
      return listed('zip');
    case 'uploaded template':
      return listed('file');
    default:
      return assembly.files('.template.json').map(whole);
  }
}

/** Returns the name under which a template's stack is shown. */
export function stackNames(assembly: AssemblyCopy, file: string): readonly string[] {
  const { artifacts } = assembly.json(`${assembly.stage}/manifest.json`) as Readonly<
    Record<string, Readonly<Record<string, Json>>>
  >;
  return Object.values(artifacts ?? {})
    .filter(({ properties }) => `${assembly.stage}/${(properties as Json | undefined)?.['templateFile']}` === file)
    .map(({ displayName }) => String(displayName));
}

/** Splits a JSON pointer (RFC 6901). */
function keysOf(pointer: string): readonly string[] {
  return pointer === '/'
    ? []
    : pointer
        .split('/')
        .slice(1)
        .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Json)[key] : undefined,
    value,
  );
}

/** True if a path leads through objects only, which may be missing, and through entries of lists. */
function isSettable(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined || value === undefined) {
    return true;
  }
  if (Array.isArray(value)) {
    return key === '-' || (value[Number(key)] !== undefined && isSettable(value[Number(key)], rest));
  }
  return typeof value === 'object' && value !== null && isSettable((value as Json)[key], rest);
}

/** Sets a value in place. Objects on the way are made. */
function setAt(root: Json, keys: readonly string[], value: unknown): void {
  let inner: Json = root;
  for (const key of keys.slice(0, -1)) {
    if (typeof inner[key] !== 'object' || inner[key] === null) {
      inner[key] = {};
    }
    inner = inner[key] as Json;
  }
  const last = keys.at(-1) ?? '';
  if (Array.isArray(inner) && last === '-') {
    inner.push(value);
  } else {
    Object.defineProperty(inner, last, { value, enumerable: true, configurable: true, writable: true });
  }
}

function remove(root: Json, keys: readonly string[]): void {
  const parent = valueAt(root, keys.slice(0, -1)) as Json;
  const last = keys.at(-1) ?? '';
  if (Array.isArray(parent)) {
    parent.splice(Number(last), 1);
  } else {
    delete parent[last];
  }
}
