import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { PLAN_DIGEST } from '../../catalog/plan-digest-type';
import { didYouMean } from '../../spelling/did-you-mean';
import type { AssemblyStack } from '../resource/assembly-stack';
import { TemplateError } from '../resource/template-error';

function readJson(file: string): JsonMap {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason =
      error instanceof SyntaxError ? 'is not JSON' : `cannot be read (${(error as NodeJS.ErrnoException).code})`;
    throw new TemplateError(file, [], `${reason}; synthesize again with: npx cdk synth`);
  }
  if (!isJsonMap(parsed)) {
    throw new TemplateError(file, [], 'is not a JSON object; synthesize again with: npx cdk synth');
  }
  return parsed;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const artifactsOf = (folder: string): readonly [string, JsonMap, JsonMap][] => {
  const artifacts = readJson(join(folder, 'manifest.json'))['artifacts'];
  return Object.entries(isJsonMap(artifacts) ? artifacts : {}).flatMap(([id, artifact]) =>
    isJsonMap(artifact) ? [[id, artifact, isJsonMap(artifact['properties']) ? artifact['properties'] : {}]] : [],
  );
};

/**
 * Reads the stacks of one environment from a cloud assembly (`cdk.out`). They are in the stage with the environment's
 * name.
 *
 * @throws TemplateError when the folder is not a cloud assembly, or has no such stage
 */
export function readAssembly(folder: string, environment: string): readonly AssemblyStack[] {
  const stages = artifactsOf(folder).filter(([, { type }]) => type === 'cdk:cloud-assembly');
  const stage = stages.find(([, , { displayName }]) => displayName === environment);
  if (stage === undefined) {
    const names = stages.map(([, , { displayName }]) => textOf(displayName));
    const found = names.join(', ') || 'none; name the folder that cdk synth wrote, such as cdk.out';
    const hint = didYouMean(environment, names, `; it has: ${found}`);
    throw new TemplateError(folder, [], `has no environment '${environment}'${hint}`);
  }
  return stacksIn(join(folder, textOf(stage[2]['directoryName'])));
}

/** Returns the names of stacks that are in no stage of a cloud assembly, and therefore in no environment. */
export function stacksOutsideStages(folder: string): readonly string[] {
  return artifactsOf(folder).flatMap(([id, { type }, properties]) =>
    type === 'aws:cloudformation:stack' ? [textOf(properties['stackName']) || id] : [],
  );
}

/** Reads the stacks of a stage and of the stages inside it. */
function stacksIn(stageFolder: string): readonly AssemblyStack[] {
  const artifacts = artifactsOf(stageFolder);
  const nested = artifacts
    .filter(([, { type }]) => type === 'cdk:cloud-assembly')
    .flatMap(([, , { directoryName }]) => stacksIn(join(stageFolder, textOf(directoryName))));
  const own = artifacts.filter(([, { type }]) => type === 'aws:cloudformation:stack');
  return [...own.map(([id, artifact, properties]) => assemblyStack(stageFolder, id, artifact, properties)), ...nested];
}

function assemblyStack(stageFolder: string, id: string, artifact: JsonMap, properties: JsonMap): AssemblyStack {
  const templateFile = join(stageFolder, textOf(properties['templateFile']));
  const accountAndRegion = /^aws:\/\/(\d{12})\/([a-z0-9-]+)$/.exec(textOf(artifact['environment']));
  if (accountAndRegion === null) {
    throw new TemplateError(templateFile, [], 'has no account and Region; set env on the stage');
  }
  const planDigest = planDigestOf(stageFolder, artifact);
  return {
    ...(planDigest !== undefined && { planDigest }),
    stackName: textOf(properties['stackName']) || id,
    accountId: accountAndRegion[1] as string,
    region: accountAndRegion[2] as string,
    templateFile,
    template: readJson(templateFile),
    assets: assetFolders(stageFolder, `${id}.assets.json`),
  };
}

/**
 * Reads the plan digest from the metadata of constructs. Newer CDK versions keep this metadata in a file next to the
 * manifest.
 */
function planDigestOf(folder: string, artifact: JsonMap): string | undefined {
  const file = textOf(artifact['additionalMetadataFile']);
  const metadata = file === '' ? artifact['metadata'] : readJson(join(folder, file));
  const entries = Object.values(isJsonMap(metadata) ? metadata : {}).flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  const found = entries.find((entry) => isJsonMap(entry) && entry['type'] === PLAN_DIGEST);
  return isJsonMap(found) ? textOf(found['data']) : undefined;
}

function assetFolders(folder: string, manifest: string): ReadonlyMap<string, string> {
  const files = readJson(join(folder, manifest))['files'];
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
