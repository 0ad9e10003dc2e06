import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import type { AccountState, Properties } from './account-state';
import type { TestAccount } from './emulator/start-account';

interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: string }>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Properties }>>;
}

/** A stack of an environment that the CDK synthesized. */
export interface SynthesizedStack {
  readonly stackName: string;
  readonly template: Template;
  /** Returns the digest of the archive that the CLI created from an asset. The stack must be deployed. */
  readonly assetSha256: (key: string) => string;
}

/** Reads the stacks of an environment from a `cdk.out`. */
export function synthesizedStacks(assembly: string, environment: string): readonly SynthesizedStack[] {
  const stage = join(assembly, `assembly-${environment}`);
  const { artifacts } = JSON.parse(readFileSync(join(stage, 'manifest.json'), 'utf8')) as {
    readonly artifacts: Readonly<Record<string, { readonly properties?: { readonly stackName?: string } }>>;
  };
  return readdirSync(stage)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => ({
      assetSha256: (key) => sha256(join(stage, '.cache', key)),
      stackName: artifacts[file.replace('.template.json', '')]?.properties?.stackName ?? '',
      template: JSON.parse(readFileSync(join(stage, file), 'utf8')),
    }));
}

/** The values of a template's intrinsic functions in the deployed stack. */
interface Deployed {
  readonly ref: (logicalId: string) => string;
  readonly attribute: (logicalId: string, name: string) => string;
}

function resolve(value: unknown, deployed: Deployed): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, deployed));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
    return call(name, argument, deployed);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, deployed)]));
}

function call(name: string, argument: unknown, deployed: Deployed): unknown {
  if (name === 'Ref' && typeof argument === 'string') {
    return deployed.ref(argument);
  }
  if (name === 'Fn::GetAtt' && Array.isArray(argument)) {
    return deployed.attribute(argument[0], argument[1]);
  }
  if (name === 'Fn::Join' && Array.isArray(argument)) {
    return (resolve(argument[1], deployed) as readonly string[]).join(argument[0]);
  }
  if (name === 'Fn::Split' && Array.isArray(argument)) {
    return String(resolve(argument[1], deployed)).split(argument[0]);
  }
  if (name === 'Fn::Select' && Array.isArray(argument)) {
    return (resolve(argument[1], deployed) as readonly unknown[])[argument[0]];
  }
  if (name === 'Fn::Sub' && Array.isArray(argument)) {
    const values = resolve(argument[1], deployed) as Properties;
    return String(argument[0]).replaceAll(/\$\{(\w+)\}/g, (_, variable) => String(values[variable]));
  }
  throw new Error(`the templates use ${name}, which this test does not resolve`);
}

/**
 * Returns the expected state of the account according to the templates. The references in each resource's properties
 * are replaced with values from the account, and each resource has the physical id that its stack reports.
 */
export async function templateState(
  account: TestAccount,
  stacks: readonly SynthesizedStack[],
  state: AccountState,
  modelsBehind: (copyFrom: string) => readonly string[],
): Promise<AccountState> {
  const expected: Record<string, Record<string, Properties>> = {};
  for (const { stackName, template, assetSha256 } of stacks) {
    const { StackResources = [] } = await account
      .connect(CloudFormationClient)
      .send(new DescribeStackResourcesCommand({ StackName: stackName }));
    const found = new Map(StackResources.map((r) => [r.LogicalResourceId, r]));
    if (found.size !== Object.keys(template.Resources).length) {
      throw new Error(`${stackName} has ${found.size} resources, not ${Object.keys(template.Resources).length}`);
    }
    const ref = (logicalId: string): string => {
      const parameter = template.Parameters?.[logicalId]?.Default;
      if (parameter !== undefined) {
        return String(state['AWS::SSM::Parameter']?.[parameter]?.['Value']);
      }
      const { PhysicalResourceId, ResourceStatus } = found.get(logicalId) ?? {};
      if (PhysicalResourceId === undefined || ResourceStatus !== 'CREATE_COMPLETE') {
        throw new Error(`${stackName} has no complete resource ${logicalId}`);
      }
      return PhysicalResourceId;
    };
    const attribute = (logicalId: string, name: string): string => {
      const type = template.Resources[logicalId]?.Type ?? '';
      const { Path, RoleName } = state[type]?.[ref(logicalId)] ?? {};
      switch (`${type} ${name}`) {
        case 'AWS::IAM::Role Arn':
          return `arn:aws:iam::${account.accountId}:role${Path}${RoleName}`;
        case 'AWS::Bedrock::ApplicationInferenceProfile InferenceProfileArn':
          return ref(logicalId);
        case 'AWS::Bedrock::ApplicationInferenceProfile InferenceProfileId':
          return ref(logicalId).split('/').at(-1) ?? '';
        case 'AWS::KMS::Key Arn':
          return `arn:aws:kms:${account.region}:${account.accountId}:key/${ref(logicalId)}`;
        default:
          throw new Error(`the templates use the attribute ${name} of ${type}, which this test does not read`);
      }
    };
    // No API returns the properties of a custom resource, and that of budgets returns them in another form.
    const own = Object.entries(template.Resources).filter(
      ([, { Type }]) => !Type.startsWith('Custom::') && Type !== 'AWS::Budgets::Budget',
    );
    for (const [logicalId, { Type, Properties = {} }] of own) {
      const resolved = resolve(Properties, { ref, attribute }) as Properties;
      const asRead = AS_READ[Type];
      if (asRead === undefined) {
        throw new Error(`the templates hold a ${Type}, which this test does not read back`);
      }
      const tags = { ...tagMap(resolved['Tags']), ...systemTags(found.get(logicalId)) };
      expected[Type] = { ...expected[Type], [ref(logicalId)]: asRead(resolved, tags, { assetSha256, modelsBehind }) };
    }
  }
  return attached(expected);
}

function systemTags({ StackName = '', StackId = '', LogicalResourceId = '' }: Partial<StackResource> = {}) {
  return {
    'aws:cloudformation:stack-name': StackName,
    'aws:cloudformation:stack-id': StackId,
    'aws:cloudformation:logical-id': LogicalResourceId,
  };
}

function tagMap(tags: unknown): Readonly<Record<string, unknown>> {
  return Array.isArray(tags) ? Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) : (tags as Properties);
}

interface Reading {
  readonly assetSha256: SynthesizedStack['assetSha256'];
  readonly modelsBehind: (copyFrom: string) => readonly string[];
}

const sorted = (names: unknown): readonly string[] => (Array.isArray(names) ? names.toSorted() : []);

/** Converts a template's properties of a type to those that the account returns. A missing type is an error. */
const AS_READ: Readonly<Record<string, (properties: Properties, tags: Properties, reading: Reading) => Properties>> = {
  'AWS::IAM::Role': (role, Tags) => ({ Description: '', Policies: [], ManagedPolicyArns: [], ...role, Tags }),
  'AWS::IAM::ManagedPolicy': (policy) => ({
    ...policy,
    Roles: sorted(policy['Roles']),
    Users: sorted(policy['Users']),
  }),
  'AWS::Bedrock::ApplicationInferenceProfile': ({ ModelSource, ...profile }, Tags, { modelsBehind }) => ({
    ...profile,
    Models: modelsBehind(String((ModelSource as Properties)['CopyFrom'])),
    Tags,
  }),
  'AWS::SSM::Parameter': (parameter, Tags) => ({ ...parameter, Tags }),
  'AWS::Lambda::Function': ({ Code, ...lambda }, Tags, { assetSha256 }) => ({
    ...lambda,
    CodeSha256: assetSha256(String((Code as Properties)['S3Key'])),
    Tags,
  }),
  'AWS::Lambda::EventInvokeConfig': (config) => config,
  'AWS::Lambda::Permission': ({ Action, FunctionName, Principal, SourceArn }) => ({
    Effect: 'Allow',
    Principal: { Service: Principal },
    Action,
    Resource: FunctionName,
    Condition: { ArnLike: { 'AWS:SourceArn': SourceArn } },
  }),
  // MiniStack does not add system tags to a rule.
  'AWS::Events::Rule': (rule) => ({ ...rule, Tags: tagMap(rule['Tags']) }),
  // MiniStack stores no percentile of an alarm, and returns its own default instead.
  'AWS::CloudWatch::Alarm': ({ ExtendedStatistic, ...alarm }, Tags) => ({
    ...alarm,
    ...(ExtendedStatistic !== undefined && { Statistic: 'Average' }),
    Tags,
  }),
  'AWS::CloudWatch::Dashboard': ({ DashboardName, DashboardBody }) => ({
    DashboardName,
    DashboardBody: JSON.parse(String(DashboardBody)),
  }),
  'AWS::KMS::Alias': (alias) => ({ ...alias, TargetKeyId: String(alias['TargetKeyId']).split('/').at(-1) }),
  'AWS::KMS::Key': (key, Tags) => ({ ...key, Tags }),
  // MiniStack does not store the key of a topic.
  'AWS::SNS::Topic': (topic, Tags) => ({ ...topic, KmsMasterKeyId: undefined, Tags }),
  'AWS::SNS::TopicPolicy': (policy) => policy,
  'AWS::SQS::Queue': (queue, Tags) => ({ ...queue, Tags }),
  'AWS::Logs::LogGroup': (group, Tags) => ({ ...group, Tags }),
};

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('base64');
}

/** Adds the attachments of policies to roles and topics, because the account returns them there. */
function attached(state: Readonly<Record<string, Readonly<Record<string, Properties>>>>): AccountState {
  const roles = Object.entries(state['AWS::IAM::Role'] ?? {});
  const policies = Object.entries(state['AWS::IAM::ManagedPolicy'] ?? {}).map(([arn, policy]) => {
    const listed = roles.filter(([, role]) => (role['ManagedPolicyArns'] as readonly string[]).includes(arn));
    return [
      arn,
      { ...policy, Roles: sorted([...(policy['Roles'] as string[]), ...listed.map(([name]) => name)]) },
    ] as const;
  });
  const carrying = roles.map(([name, role]) => {
    const carried = policies.filter(([, policy]) => policy.Roles.includes(name));
    return [name, { ...role, ManagedPolicyArns: carried.map(([arn]) => arn).toSorted() }];
  });
  const { 'AWS::SNS::TopicPolicy': topicPolicies = {}, ...others } = state;
  const topics = Object.entries(state['AWS::SNS::Topic'] ?? {}).map(([arn, topic]) => {
    const [own] = Object.values(topicPolicies).filter((p) => (p['Topics'] as readonly string[]).includes(arn));
    return [arn, { ...topic, PolicyDocument: own?.['PolicyDocument'] }];
  });
  return {
    ...others,
    'AWS::IAM::ManagedPolicy': Object.fromEntries(policies),
    'AWS::IAM::Role': Object.fromEntries(carrying),
    'AWS::SNS::Topic': Object.fromEntries(topics),
  };
}
