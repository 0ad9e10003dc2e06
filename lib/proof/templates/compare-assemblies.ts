import type { AssemblyContent, StackContent } from '../../account/templates/assembly-content';
import { sha256 } from '../../account/templates/asset-reader';
import { RESOURCE_TYPES } from '../../account/types/resource-types';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { comparedTemplate, isUsageReport, withoutCdkMetadata } from './deployed-template';
import { type JsonDifference, jsonDifferences } from './json-differences';
import { idsToldApart } from './told-apart-ids';

/** A difference between an assembly and the one that this checkout synthesizes. */
export interface AssemblyDifference extends Omit<JsonDifference, 'path'> {
  /** The file, or the stack with the resource, such as `dev/Foundation / Meter`. */
  readonly place: string;
  /** The path there, such as `Properties.Timeout`. Empty when the whole is meant. */
  readonly path: string;
  /**
   * Logical ID of the resource.
   *
   * @default - it is not in a resource
   */
  readonly logicalId?: string;
}

/**
 * Lists every difference between an assembly and the one that this checkout synthesizes from the same file: in the
 * manifests, in the code and other assets, and in the templates. Nothing is left out by its name. IAM documents are left
 * out because of what they are: the proof judges the access that they give.
 */
export function compareAssemblies(found: AssemblyContent, expected: AssemblyContent): readonly AssemblyDifference[] {
  const stacks = expected.stacks.map((stack) => ({
    stack,
    other: found.stacks.find(({ manifest, id }) => manifest === stack.manifest && id === stack.id),
  }));
  const renamed = new Map(stacks.flatMap(({ stack, other }) => templateName(found, stack, other)));
  return [
    ...inFiles(withNames(found.manifests, renamed), expected.manifests),
    ...inFiles(withNames(found.assetLists, renamed), expected.assetLists),
    ...inAssets(found.files, expected.files),
    ...stacks.flatMap(({ stack, other }) => (other === undefined ? [] : inTemplate(other, stack))),
    ...inOtherManifests(found.manifests, expected.manifests),
    ...idsToldApart(found, expected).map(({ displayName, logicalId, property, value }) => ({
      place: `${displayName} / ${logicalId}`,
      path: property,
      logicalId,
      found: value,
      expected: undefined,
    })),
  ];
}

type Files = Readonly<Record<string, JsonMap>>;

function inFiles(found: Files, expected: Files): readonly AssemblyDifference[] {
  return Object.entries(expected).flatMap(([file, content]) =>
    jsonDifferences(found[file], content).map(({ path, ...values }) => ({
      place: file,
      path: path.join('.'),
      ...values,
    })),
  );
}

/** Reports every artifact of a manifest that the other assembly does not have: its stacks would be deployed as well. */
function inOtherManifests(found: Files, expected: Files): readonly AssemblyDifference[] {
  const others = Object.entries(found).filter(([file]) => expected[file] === undefined);
  return inFiles(found, Object.fromEntries(others.map(([file, manifest]) => [file, { ...manifest, artifacts: {} }])));
}

function inAssets(found: AssemblyContent['files'], expected: AssemblyContent['files']): readonly AssemblyDifference[] {
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])]
    .filter((file) => found[file] !== expected[file])
    .map((file) => ({
      place: file,
      path: 'SHA-256',
      found: found[file],
      expected: expected[file],
    }));
}

/** Differences that may change access come first, in case not all are shown. */
function inTemplate(found: StackContent, expected: StackContent): readonly AssemblyDifference[] {
  return jsonDifferences(comparedTemplate(found.template), comparedTemplate(expected.template))
    .filter(({ path, ...values }) => path.length > 2 || values.expected !== undefined || !isUsageReport(values.found))
    .map(({ path: [section = '', ...path], ...values }): AssemblyDifference => {
      const [id = '', ...rest] = path.map(String);
      return section === 'Resources' && id !== ''
        ? { place: `${expected.displayName} / ${id}`, path: rest.join('.'), logicalId: id, ...values }
        : { place: expected.displayName, path: [section, ...path].join('.'), ...values };
    })
    .sort((a, b) => Number(isJudged(b, expected)) - Number(isJudged(a, expected)));
}

/** True unless the difference is in a resource that cannot change who has access. */
function isJudged({ logicalId = '' }: AssemblyDifference, { template }: StackContent): boolean {
  const resource = isJsonMap(template['Resources']) ? template['Resources'][logicalId] : undefined;
  return RESOURCE_TYPES.get(String(isJsonMap(resource) ? resource['Type'] : ''))?.judgedByGate ?? true;
}

/**
 * Returns the name under which a template is uploaded, together with the name that this checkout gives it. The name is
 * the digest of the file, so a template that differs only in metadata has another one. Any other name is a difference:
 * the CDK CLI uploads nothing to a name that is taken, and CloudFormation reads what was uploaded before.
 */
function templateName(
  { assetLists }: AssemblyContent,
  expected: StackContent,
  found: StackContent | undefined,
): readonly (readonly [string, string])[] {
  const named = Object.values(assetLists).flatMap(({ files }) =>
    Object.entries(isJsonMap(files) ? files : {}).filter(
      ([, file]) => isJsonMap(file) && isJsonMap(file['source']) && isTemplateOf(file['source'], expected),
    ),
  );
  const [[name] = ['']] = named;
  const isAllowed = named.length === 1 && (name === found?.digest || digestsOf(expected).includes(name));
  return isAllowed ? [[name, expected.digest]] : [];
}

function isTemplateOf({ path, packaging }: JsonMap, { templateFile }: StackContent): boolean {
  return packaging === 'file' && typeof path === 'string' && templateFile.endsWith(`/${path}`);
}

/** Returns the digests of a template with and without the metadata that the CDK CLI asks for. */
function digestsOf({ template, digest }: StackContent): readonly string[] {
  const forms = [['aws:cdk:'], ['aws:asset:'], ['aws:cdk:', 'aws:asset:']].map((form) =>
    withoutCdkMetadata(template, form),
  );
  // The CDK indents a template by one space, unless its stack suppresses that.
  return [digest, ...forms.flatMap((form) => [0, 1].map((indent) => sha256(JSON.stringify(form, undefined, indent))))];
}

/**
 * Replaces names of uploaded templates, where they are the name of an asset, its key or the end of its URL. A name that
 * another asset has already is not given, so that none hides the other.
 */
function withNames(files: Files, names: ReadonlyMap<string, string>): Files {
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(renamed);
    }
    if (isJsonMap(value)) {
      const nameOf = (key: string): string => {
        const name = names.get(key);
        return name === undefined || Object.hasOwn(value, name) ? key : name;
      };
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [nameOf(key), renamed(item)]));
    }
    const [, before = '', name = ''] = /^(.*\/)?([0-9a-f]{64})\.json$/.exec(String(value)) ?? [];
    const other = names.get(name);
    return other === undefined ? value : `${before}${other}.json`;
  };
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [file, renamed(content) as JsonMap]));
}
