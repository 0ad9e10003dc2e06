import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { TemplateLimit } from '../resource/template-limit';
import { AssemblyReader, pathBeside } from './assembly-reader';

/** Maximum nesting of assemblies. An environment's stage has none of its own. */
const MAX_NESTING = 5;

/** Type of an artifact that is a stage, with a folder of its own. */
export const NESTED_ASSEMBLY = 'cdk:cloud-assembly';
export const STACK = 'aws:cloudformation:stack';

/** An artifact of a manifest. */
export interface Artifact {
  readonly id: string;
  readonly type: string;
  /** The CDK CLI selects stacks by this name. */
  readonly displayName: string;
  readonly content: JsonMap;
  readonly properties: JsonMap;
}

/** A cloud assembly, or one that is nested in another. */
export interface AssemblyFolder {
  /** Folder, relative to the outermost assembly: empty for that one. */
  readonly folder: string;
  readonly manifest: JsonMap;
  readonly artifacts: readonly Artifact[];
  /** Nested assemblies by the id of their artifact. */
  readonly nested: ReadonlyMap<string, AssemblyFolder>;
  /** Reads the files of the whole assembly. */
  readonly reader: AssemblyReader;
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Reads the manifest of a cloud assembly and those of all assemblies nested in it.
 *
 * @throws TemplateError when one cannot be read, or when a nested assembly is not in a folder of its own
 */
export function readManifests(root: string, folder = '', reader = new AssemblyReader(root)): AssemblyFolder {
  const at = join(root, folder);
  const manifest = reader.read(at, 'manifest.json', 'manifest');
  const all = isJsonMap(manifest['artifacts']) ? manifest['artifacts'] : {};
  const artifacts = Object.entries(all).flatMap(([id, content]) => (isJsonMap(content) ? [artifact(id, content)] : []));
  const nested = artifacts
    .filter(({ type }) => type === NESTED_ASSEMBLY)
    .map(({ id, properties }): [string, AssemblyFolder] => {
      const name = textOf(properties['directoryName']);
      const path = pathBeside(at, name);
      if (folder.split('/').length > MAX_NESTING) {
        throw new TemplateLimit(path, [], `is nested in more than ${MAX_NESTING} assemblies`);
      }
      if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
        throw new TemplateLimit(path, [], 'is a symbolic link; synthesize again with: npx cdk synth');
      }
      return [id, readManifests(root, folder === '' ? name : `${folder}/${name}`, reader)];
    });
  return { folder, manifest, artifacts, nested: new Map(nested), reader };
}

function artifact(id: string, content: JsonMap): Artifact {
  const properties = isJsonMap(content['properties']) ? content['properties'] : {};
  const type = textOf(content['type']);
  const shown = textOf(type === NESTED_ASSEMBLY ? properties['displayName'] : content['displayName']);
  return { id, type, displayName: shown === '' ? id : shown, content, properties };
}

/**
 * True for a stack that `cdk deploy 'ENVIRONMENT/**'` selects by its name. The CDK CLI compares the whole name, wherever
 * the stack is in the assembly (`picomatch`, read in aws-cdk 2.1148.1 on 2026-11-30).
 */
export function isSelected({ type, displayName }: Artifact, environment: string): boolean {
  const name = displayName.replaceAll('\\', '/');
  return type === STACK && (name === environment || name.startsWith(`${environment}/`));
}
