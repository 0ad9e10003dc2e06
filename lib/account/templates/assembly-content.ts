import { join } from 'node:path';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { readFile } from '../../files/read-file';
import {
  type Artifact,
  type AssemblyFolder,
  isSelected,
  NESTED_ASSEMBLY,
  readManifests,
  STACK,
  textOf,
} from './assembly-file';
import { AssetReader, sha256 } from './asset-reader';
import { metadataOf } from './cloud-assembly';

/** A stack of an assembly, as a deployment would use it. */
export interface StackContent {
  /** Its manifest and its artifact, by which the same stack of another assembly is found. */
  readonly manifest: string;
  readonly id: string;
  readonly displayName: string;
  readonly templateFile: string;
  readonly template: JsonMap;
  /** SHA-256 of the template's file. */
  readonly digest: string;
}

/** Everything of a cloud assembly that decides a deployment of one environment. Names of files are relative to it. */
export interface AssemblyContent {
  /** Manifests by file. Artifacts of other environments, and such as are never deployed, are left out. */
  readonly manifests: Readonly<Record<string, JsonMap>>;
  readonly stacks: readonly StackContent[];
  /** Lists of assets by file. */
  readonly assetLists: Readonly<Record<string, JsonMap>>;
  /** SHA-256 of the files of each asset, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** Types of artifacts that are reports for people. */
const REPORTS: readonly string[] = ['cdk:tree', 'cdk:feature-flag-report'];

/** Metadata of constructs that the CDK CLI uses when it deploys: assets, and tags of the stack. */
const DEPLOYED_METADATA: readonly unknown[] = ['aws:cdk:asset', 'aws:cdk:stack-tags'];

/**
 * Reads everything of a cloud assembly that decides what `cdk deploy 'ENVIRONMENT/**'` does.
 *
 * @throws TemplateError when a part of it cannot be read
 */
export function readAssemblyContent(root: string, environment: string): AssemblyContent {
  const folders = keptFolders(readManifests(root), environment);
  const assets = new AssetReader();
  const lists = folders.flatMap(({ folder, artifacts, reader }) =>
    artifacts
      .filter(({ type }) => type === 'cdk:asset-manifest')
      .map(({ properties }) => textOf(properties['file']))
      .map((file) => ({ folder, file: join(folder, file), list: reader.read(join(root, folder), file, 'manifest') })),
  );
  return {
    manifests: Object.fromEntries(folders.map((kept) => [join(kept.folder, 'manifest.json'), manifestOf(root, kept)])),
    stacks: folders.flatMap((kept) =>
      kept.artifacts.filter(({ type }) => type === STACK).map((artifact) => stackContent(root, kept, artifact)),
    ),
    assetLists: Object.fromEntries(lists.map(({ file, list }) => [file, withoutLabels(list)])),
    files: Object.fromEntries(lists.flatMap(({ folder, list }) => filesOf(assets, root, folder, list))),
  };
}

function stackContent(
  root: string,
  { folder, reader }: AssemblyFolder,
  { id, displayName, properties }: Artifact,
): StackContent {
  const name = textOf(properties['templateFile']);
  const template = reader.read(join(root, folder), name, 'template');
  return {
    manifest: join(folder, 'manifest.json'),
    id,
    displayName,
    templateFile: join(folder, name),
    template,
    // The reader has just found that this is a regular file of a bounded size.
    digest: sha256(readFile(join(root, folder, name), { maxBytes: Number.MAX_SAFE_INTEGER })),
  };
}

/**
 * Lists the assemblies that a deployment of the environment reads, each with the artifacts that concern it: all of the
 * environment's stage, and elsewhere the stacks that the environment's name selects.
 */
function keptFolders(assembly: AssemblyFolder, environment: string, inStage = false): readonly AssemblyFolder[] {
  const isStage = ({ type, displayName }: Artifact): boolean => type === NESTED_ASSEMBLY && displayName === environment;
  const artifacts = assembly.artifacts.filter((a) =>
    inStage ? !REPORTS.includes(a.type) : isStage(a) || isSelected(a, environment),
  );
  const nested = assembly.artifacts.flatMap((a) => {
    const inside = assembly.nested.get(a.id);
    return inside === undefined ? [] : keptFolders(inside, environment, inStage || isStage(a));
  });
  return artifacts.length === 0 && !inStage ? nested : [{ ...assembly, artifacts }, ...nested];
}

function manifestOf(root: string, { folder, manifest, artifacts, reader }: AssemblyFolder): JsonMap {
  const kept = artifacts.map(({ id, type, content: { additionalMetadataFile, metadata, ...content } }) => [
    id,
    type === NESTED_ASSEMBLY
      ? content
      : {
          ...content,
          ...(additionalMetadataFile !== undefined && { additionalMetadataFile }),
          metadata: metadataOf(reader, join(root, folder), {
            metadata,
            ...(additionalMetadataFile !== undefined && { additionalMetadataFile }),
          }).filter((entry) => DEPLOYED_METADATA.includes(entry['type'])),
        },
  ]);
  return { ...manifest, artifacts: Object.fromEntries(kept) };
}

/** Replaces the destinations of each asset by a list. Their keys are labels that depend on the name of the asset. */
function withoutLabels(list: JsonMap): JsonMap {
  const unlabelled = (asset: unknown): unknown =>
    isJsonMap(asset) && isJsonMap(asset['destinations'])
      ? { ...asset, destinations: Object.values(asset['destinations']) }
      : asset;
  const sections = ['files', 'dockerImages'].flatMap((section) => {
    const assets = list[section];
    return isJsonMap(assets)
      ? [[section, Object.fromEntries(Object.entries(assets).map(([id, asset]) => [id, unlabelled(asset)]))] as const]
      : [];
  });
  return { ...list, ...Object.fromEntries(sections) };
}

/** Returns the digests of the files of a list's assets. Templates are read with their stacks. */
function filesOf(
  assets: AssetReader,
  root: string,
  folder: string,
  { files }: JsonMap,
): readonly (readonly [string, string])[] {
  return Object.values(isJsonMap(files) ? files : {}).flatMap((file) => {
    const { source } = isJsonMap(file) ? file : {};
    const { path, packaging } = isJsonMap(source) ? source : {};
    // A place outside the assembly is not read. The comparison reports it, because no list of this checkout has one.
    const isInside = /^(?:\.\.\/)?[^/\\]+$/.test(textOf(path)) && !textOf(path).endsWith('..');
    if (packaging !== 'zip' || !isInside) {
      return [];
    }
    const asset = join(folder, textOf(path));
    return [...assets.files(join(root, asset))].map(([name, digest]) => [join(asset, name), digest] as const);
  });
}
