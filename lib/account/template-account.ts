import { findModel } from '../catalog/catalog';
import { partitionOf } from '../catalog/region';
import type { Policy } from '../iam/policy';
import type { Account, InferenceProfile, LambdaFunction, Parameter, Principal } from './account';
import { type AssemblyStack, readAssembly } from './cloud-assembly';
import { type ResolvedResource, resolveTemplate } from './resolve-template';
import { attributeOf, type ResourceRef, refOf } from './stand-in';
import { TemplateError } from './template-error';

type Json = Readonly<Record<string, unknown>>;
type Resource = ResolvedResource & ResourceRef;

/** Types of IAM that are read here, or that grant nothing. Any other could hide a grant and is refused. */
const KNOWN_IAM_TYPES: readonly string[] = [
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::User',
  'AWS::IAM::UserPolicy',
];

/**
 * Reads the synthesized templates of one environment as an account.
 *
 * Profiles get stand-in ids in the format of real ones, the same for the same profile. Roles and users that exist outside
 * the templates appear with the policies that the templates attach to them, and are not `complete`. A policy that is
 * attached and stands in no template has no document, which the evaluator refuses.
 *
 * @param folder a cloud assembly, such as `cdk.out`
 * @throws TemplateError when something cannot be read or resolved
 */
export function readTemplateAccount(folder: string, environment: string): Account {
  const stacks = readAssembly(folder, environment);
  const [first] = stacks;
  if (first === undefined) {
    throw new TemplateError(folder, [], `the environment '${environment}' has no stacks`);
  }
  const foreign = stacks.find((s) => s.accountId !== first.accountId || s.region !== first.region);
  if (foreign !== undefined) {
    throw new TemplateError(foreign.templateFile, [], 'is for another account or Region than the other stacks');
  }
  const resources = resolveAll(stacks);
  const of = (...types: readonly string[]): readonly Resource[] => resources.filter((r) => types.includes(r.type));
  for (const r of resources) {
    const hidesGrants = r.type.startsWith('AWS::IAM::') || r.type === 'AWS::CloudFormation::Stack';
    if (hidesGrants && !KNOWN_IAM_TYPES.includes(r.type)) {
      throw new TemplateError(
        r.stack.templateFile,
        ['Resources', r.logicalId],
        `the type ${r.type} is not understood here`,
      );
    }
  }
  return {
    accountId: first.accountId,
    region: first.region,
    partition: partitionOf(first.region),
    principals: principals(of, `arn:${partitionOf(first.region)}:iam::${first.accountId}`),
    profiles: of('AWS::Bedrock::ApplicationInferenceProfile').map(profile),
    parameters: of('AWS::SSM::Parameter').map(parameter),
    functions: of('AWS::Lambda::Function').map(lambdaFunction),
  };
}

function resolveAll(stacks: readonly AssemblyStack[]): readonly Resource[] {
  const resources: Resource[] = [];
  const ssm = (name: string): string | undefined =>
    resources
      .filter((r) => r.type === 'AWS::SSM::Parameter' && refOf(r) === name)
      .map(parameter)
      .at(0)?.value;
  for (const stack of stacks) {
    resources.push(...(resolveTemplate(stack, ssm) as readonly Resource[]));
  }
  return resources;
}

function wrong(r: Resource, name: string, problem: string): never {
  throw new TemplateError(r.stack.templateFile, ['Resources', r.logicalId, 'Properties', name], problem);
}

function text(r: Resource, name: string): string {
  const value = r.property(name);
  return typeof value === 'string' ? value : wrong(r, name, 'must be text');
}

function texts(r: Resource, name: string): readonly string[] {
  const value = r.property(name) ?? [];
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? value
    : wrong(r, name, 'must be a list of text');
}

function map(r: Resource, name: string): Json {
  const value = r.property(name) ?? {};
  return isMap(value) ? value : wrong(r, name, 'must be a map');
}

function maps(r: Resource, name: string): readonly Json[] {
  const value = r.property(name) ?? [];
  return Array.isArray(value) && value.every(isMap) ? value : wrong(r, name, 'must be a list of maps');
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tags(r: Resource): Readonly<Record<string, string>> {
  return Object.fromEntries(maps(r, 'Tags').map((tag) => [String(tag['Key']), String(tag['Value'])]));
}

type ResourcesOf = (...types: readonly string[]) => readonly Resource[];

/** A policy of the templates and the names of the principals that carry it. */
interface Attachment {
  readonly policy: Policy;
  readonly roles: readonly string[];
  readonly users: readonly string[];
}

function principals(of: ResourcesOf, iam: string): readonly Principal[] {
  const managed = of('AWS::IAM::ManagedPolicy');
  const attachments: readonly Attachment[] = [
    ...managed.map((r) => ({
      policy: { name: String(refOf(r)), document: r.property('PolicyDocument') },
      roles: texts(r, 'Roles'),
      users: texts(r, 'Users'),
    })),
    ...of('AWS::IAM::Policy').map((r) => ({
      policy: inline(text(r, 'PolicyName'), r.property('PolicyDocument')),
      roles: texts(r, 'Roles'),
      users: texts(r, 'Users'),
    })),
    ...of('AWS::IAM::RolePolicy').map((r) => ({
      policy: inline(text(r, 'PolicyName'), r.property('PolicyDocument')),
      roles: [text(r, 'RoleName')],
      users: [],
    })),
    ...of('AWS::IAM::UserPolicy').map((r) => ({
      policy: inline(text(r, 'PolicyName'), r.property('PolicyDocument')),
      roles: [],
      users: [text(r, 'UserName')],
    })),
  ];
  const withGroups = [...managed, ...of('AWS::IAM::Policy', 'AWS::IAM::User')].find(
    (r) => texts(r, 'Groups').length > 0,
  );
  if (withGroups !== undefined) {
    return wrong(withGroups, 'Groups', 'groups are not understood here');
  }
  const documents = new Map(managed.map((r) => [String(refOf(r)), r.property('PolicyDocument')]));
  const byArn = (arn: string): Policy => ({ name: arn, document: documents.get(arn) });

  const defined = of('AWS::IAM::Role', 'AWS::IAM::User').map((r): Principal => {
    const kind = r.type === 'AWS::IAM::Role' ? 'role' : 'user';
    const name = String(refOf(r));
    const bounded = r.property('PermissionsBoundary') !== undefined;
    const attached = attachments
      .filter((a) => (kind === 'role' ? a.roles : a.users).includes(name))
      .map((a) => a.policy);
    const own = texts(r, 'ManagedPolicyArns').filter((arn) => !attached.some((p) => p.name === arn));
    return {
      kind,
      name,
      arn: String(attributeOf(r, 'Arn')),
      tags: tags(r),
      policies: [
        ...attached,
        ...own.map(byArn),
        ...maps(r, 'Policies').map((p) => inline(String(p['PolicyName']), p['PolicyDocument'])),
      ],
      ...(bounded && { boundary: byArn(text(r, 'PermissionsBoundary')) }),
      ...(kind === 'role' && {
        trust: { name: `trust policy of ${name}`, document: r.property('AssumeRolePolicyDocument') },
      }),
      complete: true,
    };
  });
  const outside = (kind: 'role' | 'user'): readonly Principal[] => {
    const names = new Set(attachments.flatMap((a) => (kind === 'role' ? a.roles : a.users)));
    return [...names]
      .filter((name) => !defined.some((p) => p.kind === kind && p.name === name))
      .map((name) => ({
        kind,
        name,
        arn: `${iam}:${kind}/${name}`,
        tags: {},
        policies: attachments.filter((a) => (kind === 'role' ? a.roles : a.users).includes(name)).map((a) => a.policy),
        complete: false,
      }));
  };
  return [...defined, ...outside('role'), ...outside('user')].sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

function inline(name: string, document: unknown): Policy {
  return { name: `inline policy ${name}`, document };
}

function profile(r: Resource): InferenceProfile {
  const copyFrom = String(map(r, 'ModelSource')['CopyFrom']);
  const modelId = copyFrom.split('/').at(-1) ?? '';
  if (findModel(modelId) === undefined && findModel(modelId.replace(/^[a-z]+\./, '')) === undefined) {
    return wrong(r, 'ModelSource', `'${copyFrom}' names no model this catalog knows`);
  }
  return {
    arn: String(attributeOf(r, 'InferenceProfileArn')),
    id: String(attributeOf(r, 'InferenceProfileId')),
    name: text(r, 'InferenceProfileName'),
    copyFrom,
    tags: tags(r),
  };
}

function parameter(r: Resource): Parameter {
  return { name: String(refOf(r)), value: text(r, 'Value') };
}

function lambdaFunction(r: Resource): LambdaFunction {
  const { Variables: variables = {} } = map(r, 'Environment');
  return {
    name: String(refOf(r)),
    roleArn: text(r, 'Role'),
    handler: text(r, 'Handler'),
    timeoutSeconds: Number(r.property('Timeout') ?? 3),
    environment: Object.fromEntries(
      Object.entries(isMap(variables) ? variables : {}).map(([key, value]) => [key, String(value)]),
    ),
    codeDirectory:
      r.stack.assets.get(String(map(r, 'Code')['S3Key'])) ?? wrong(r, 'Code', 'is no asset of this assembly'),
  };
}
