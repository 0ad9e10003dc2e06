import type { AssemblyStack } from '../account/resource/assembly-stack';
import type { Resource } from '../account/resource/resource';
import { TemplateError } from '../account/resource/template-error';
import { opaqueNames } from '../account/templates/opaque-stand-in';
import { resolveTemplate } from '../account/templates/resolve-template';
import { accessOf } from '../account/types/access';
import { NESTED_STACK } from '../account/types/cloudformation';
import { attributeOf } from '../account/types/stand-in';
import { isJsonMap, type JsonMap } from '../catalog/json-map';
import { NotUnderstood } from './not-understood';
import type { ReadingOptions } from './reading-options';

/** The resources of a template that concern access. */
export interface ReadTemplate {
  /** IAM resources that can grant access. */
  readonly resources: readonly Resource[];
  /** Logical IDs of the template's application inference profiles, by ARN. */
  readonly profiles: ReadonlyMap<string, string>;
}

const PROFILE = 'AWS::Bedrock::ApplicationInferenceProfile';

/** Types outside IAM that grant access in a way that is not read here. */
const HIDING_GRANTS: readonly string[] = ['AWS::CloudFormation::StackSet', 'AWS::SSO::PermissionSet'];

/**
 * Reads the resources of one template that can grant access.
 *
 * @throws NotUnderstood when the template, or a resource that can grant access, cannot be read
 */
export function readTemplate(received: unknown, options: ReadingOptions): ReadTemplate {
  const { region = 'us-east-1', account = '111122223333', nestedStacks, imports = {} } = options;
  const template = withParameters(toTemplate(received), options.parameters ?? {});
  const stack: AssemblyStack = {
    stackName: 'Stack',
    accountId: account,
    region,
    templateFile: 'the template',
    template,
    assets: new Map(),
  };
  const read = (reads: (type: string) => boolean): readonly Resource[] =>
    resolveTemplate(stack, { reads, imports, opaque: true, assumes: true }).map(withNames);
  const granting = understood(() => read(canGrant));
  const nested = granting.find((r) => r.type === NESTED_STACK);
  if (nested !== undefined && nestedStacks !== 'testedApart') {
    throw new NotUnderstood(
      `the nested stack ${nested.logicalId} has its own template; test that template as well, then set { nestedStacks: 'testedApart' }`,
    );
  }
  return {
    resources: granting.filter((r) => r.type !== NESTED_STACK),
    profiles: new Map(profileNames(() => read((type) => type === PROFILE))),
  };
}

function canGrant(type: string): boolean {
  return (
    type === NESTED_STACK ||
    HIDING_GRANTS.includes(type) ||
    (type.startsWith('AWS::IAM::') && accessOf(type) !== 'none')
  );
}

const withNames = (r: Resource): Resource => ({ ...r, ...opaqueNames(r) });

function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TemplateError)) {
      throw error;
    }
    throw new NotUnderstood(error.message);
  }
}

/** Reads the profiles' logical IDs, which only messages use. When they cannot be read, messages show the ARNs. */
function profileNames(read: () => readonly Resource[]): readonly [string, string][] {
  try {
    return read().map((r) => [String(attributeOf(r, 'InferenceProfileArn')), r.logicalId]);
  } catch (error) {
    if (!(error instanceof TemplateError)) {
      throw error;
    }
    return [];
  }
}

function toTemplate(received: unknown): JsonMap {
  const json: unknown = isTemplate(received) ? received.toJSON() : received;
  if (!isJsonMap(json) || !(isTemplate(received) || isJsonMap(json['Resources']))) {
    const what =
      typeof received === 'object' && received !== null
        ? received.constructor.name.replace(/\d+$/, '')
        : typeof received;
    throw new NotUnderstood(
      `expected a Template of aws-cdk-lib/assertions or the JSON of a template, got ${what}; pass Template.fromStack(stack)`,
    );
  }
  return json;
}

function isTemplate(received: unknown): received is { toJSON(): unknown } {
  return isJsonMap(received) && 'toJSON' in received && typeof received.toJSON === 'function';
}

/** Sets the parameters' values as a deployment would. */
function withParameters(template: JsonMap, values: Readonly<Record<string, string>>): JsonMap {
  const declared = isJsonMap(template['Parameters']) ? template['Parameters'] : {};
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(declared, name));
  if (unknown !== undefined) {
    const names = Object.keys(declared).join(', ') || 'none';
    throw new NotUnderstood(`the template has no parameter '${unknown}'; it has: ${names}`);
  }
  const overrides = Object.entries(values).map(([name, Default]) => {
    const parameter = declared[name];
    const isList = isJsonMap(parameter) && String(parameter['Type']).includes('List');
    return [name, { Type: isList ? 'CommaDelimitedList' : 'String', Default }];
  });
  return { ...template, Parameters: { ...declared, ...Object.fromEntries(overrides) } };
}
