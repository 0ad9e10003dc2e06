import { join } from 'node:path';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { PLAN_DIGEST } from '../../catalog/plan-digest-type';
import { didYouMean } from '../../spelling/did-you-mean';
import type { AssemblyStack } from '../resource/assembly-stack';
import { TemplateError } from '../resource/template-error';
import {
  type Artifact,
  type AssemblyFolder,
  isSelected,
  NESTED_ASSEMBLY,
  readManifests,
  STACK,
  textOf,
} from './assembly-file';
import { type AssemblyReader, pathBeside } from './assembly-reader';

/**
 * Reads the stacks of one environment from a cloud assembly (`cdk.out`): those in the stage with the environment's name,
 * and those elsewhere that `cdk deploy 'ENVIRONMENT/**'` would deploy as well.
 *
 * @throws TemplateError when the folder is not a cloud assembly, or has no such stage
 */
export function readAssembly(folder: string, environment: string): readonly AssemblyStack[] {
  const root = readManifests(folder);
  const stages = root.artifacts.filter(({ type }) => type === NESTED_ASSEMBLY);
  if (!stages.some(({ displayName }) => displayName === environment)) {
    const names = stages.map(({ displayName }) => displayName);
    const found = names.join(', ') || 'none; name the folder that cdk synth wrote, such as cdk.out';
    const hint = didYouMean(environment, names, `; it has: ${found}`);
    throw new TemplateError(folder, [], `has no environment '${environment}'${hint}`);
  }
  return stacksOf(root, (artifact, stage) => stage === environment || isSelected(artifact, environment)).map(
    ({ artifact, inFolder }) => assemblyStack(root.reader, join(folder, inFolder), artifact),
  );
}

/** Lists the names of the stages of a cloud assembly, sorted. */
export function stageNames(folder: string): readonly string[] {
  return readManifests(folder)
    .artifacts.filter(({ type }) => type === NESTED_ASSEMBLY)
    .map(({ displayName }) => displayName)
    .sort();
}

/** Returns the names of stacks that are in no stage of a cloud assembly, and that no environment's name selects. */
export function stacksOutsideStages(folder: string, environment: string): readonly string[] {
  return readManifests(folder)
    .artifacts.filter((artifact) => artifact.type === STACK && !isSelected(artifact, environment))
    .map(({ id, properties }) => textOf(properties['stackName']) || id);
}

interface FoundStack {
  readonly artifact: Artifact;
  readonly inFolder: string;
}

/** Lists the stacks of an assembly and of those nested in it, with the name of the outermost stage around each. */
function stacksOf(
  { folder, artifacts, nested }: AssemblyFolder,
  isWanted: (artifact: Artifact, stage: string | undefined) => boolean,
  stage?: string,
): readonly FoundStack[] {
  const own = artifacts.filter((artifact) => artifact.type === STACK && isWanted(artifact, stage));
  return [
    ...own.map((artifact) => ({ artifact, inFolder: folder })),
    ...artifacts.flatMap(({ id, displayName }) => {
      const inside = nested.get(id);
      return inside === undefined ? [] : stacksOf(inside, isWanted, stage ?? displayName);
    }),
  ];
}

function assemblyStack(
  reader: AssemblyReader,
  stageFolder: string,
  { id, content, properties }: Artifact,
): AssemblyStack {
  const templateName = textOf(properties['templateFile']);
  const templateFile = pathBeside(stageFolder, templateName);
  const accountAndRegion = /^aws:\/\/(\d{12})\/([a-z0-9-]+)$/.exec(textOf(content['environment']));
  if (accountAndRegion === null) {
    throw new TemplateError(templateFile, [], 'has no account and Region; set env on the stage');
  }
  const planDigest = planDigestOf(reader, stageFolder, content);
  return {
    ...(planDigest !== undefined && { planDigest }),
    stackName: textOf(properties['stackName']) || id,
    accountId: accountAndRegion[1] as string,
    region: accountAndRegion[2] as string,
    templateFile,
    template: reader.read(stageFolder, templateName, 'template'),
    assets: assetFolders(reader, stageFolder, `${id}.assets.json`),
  };
}

function planDigestOf(reader: AssemblyReader, folder: string, artifact: JsonMap): string | undefined {
  const found = metadataOf(reader, folder, artifact).find(({ type }) => type === PLAN_DIGEST);
  return found && textOf(found['data']);
}

/**
 * Reads the metadata of a stack's constructs. Newer CDK versions keep this metadata in a file next to the manifest.
 */
export function metadataOf(reader: AssemblyReader, folder: string, artifact: JsonMap): readonly JsonMap[] {
  const file = textOf(artifact['additionalMetadataFile']);
  const places = [artifact['metadata'], ...(file === '' ? [] : [reader.read(folder, file, 'manifest')])];
  return places
    .flatMap((metadata) => Object.values(isJsonMap(metadata) ? metadata : {}))
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .filter(isJsonMap);
}

function assetFolders(reader: AssemblyReader, folder: string, manifest: string): ReadonlyMap<string, string> {
  const { files } = reader.read(folder, manifest, 'manifest');
  return new Map(
    Object.values(isJsonMap(files) ? files : {}).flatMap((file) => {
      const { source, destinations } = isJsonMap(file) ? file : {};
      const path =
        isJsonMap(source) && source['packaging'] === 'zip' ? join(folder, textOf(source['path'])) : undefined;
      const keys = Object.values(isJsonMap(destinations) ? destinations : {}).map((d) =>
        isJsonMap(d) ? textOf(d['objectKey']) : '',
      );
      return path === undefined ? [] : keys.map((key): [string, string] => [key, path]);
    }),
  );
}
