import { BedrockClient, ListTagsForResourceCommand, paginateListInferenceProfiles } from '@aws-sdk/client-bedrock';
import { CloudFormationClient, paginateListStacks } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  ListTagsForResourceCommand as ListLogTagsCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  GetPolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  paginateListPolicies,
  paginateListRoles,
  paginateListUsers,
} from '@aws-sdk/client-iam';
import {
  GetFunctionCommand,
  GetPolicyCommand,
  LambdaClient,
  paginateListFunctionEventInvokeConfigs,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import {
  ListTagsForResourceCommand as ListParameterTagsCommand,
  paginateGetParametersByPath,
  SSMClient,
} from '@aws-sdk/client-ssm';
import type { TestAccount } from './emulator/start-account';
import { alarms, rules } from './schedule-state';
import { budgets, dashboards, keyAliases, keys, queues, topics } from './watch-state';

/** The properties of a resource, under the names in its CloudFormation type. */
export type Properties = Readonly<Record<string, unknown>>;

/** All resources of an account, read through the APIs of the services: by resource type, then by physical id. */
export type AccountState = Readonly<Record<string, Readonly<Record<string, Properties>>>>;

const document = (encoded: string | undefined): unknown => JSON.parse(decodeURIComponent(encoded ?? 'null'));
const sorted = (names: readonly (string | undefined)[] = []): readonly string[] =>
  names.filter((name) => name !== undefined).toSorted();
const tagMap = (tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = []) =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

async function all<Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => readonly Item[] | undefined) {
  const collected: Item[] = [];
  for await (const page of pages) {
    collected.push(...(items(page) ?? []));
  }
  return collected;
}

/** Reads the physical id and the properties of each item of a list. */
async function readEach<Item>(
  items: readonly Item[],
  read: (item: Item) => Promise<readonly [id: string, properties: Properties]>,
): Promise<Readonly<Record<string, Properties>>> {
  return Object.fromEntries(await Promise.all(items.map(read)));
}

export async function readAccountState(account: TestAccount): Promise<AccountState> {
  return {
    'AWS::IAM::Role': await roles(account.connect(IAMClient)),
    'AWS::IAM::User': await users(account.connect(IAMClient)),
    'AWS::IAM::ManagedPolicy': await managedPolicies(account.connect(IAMClient)),
    'AWS::Bedrock::ApplicationInferenceProfile': await profiles(account.connect(BedrockClient)),
    'AWS::SSM::Parameter': await parameters(account.connect(SSMClient)),
    'AWS::Lambda::Function': await functions(account.connect(LambdaClient)),
    'AWS::Lambda::EventInvokeConfig': await eventInvokeConfigs(account.connect(LambdaClient)),
    'AWS::Lambda::Permission': await permissions(account.connect(LambdaClient)),
    'AWS::Events::Rule': rules(account),
    'AWS::CloudWatch::Alarm': alarms(account),
    'AWS::CloudWatch::Dashboard': dashboards(account),
    'AWS::Budgets::Budget': budgets(account),
    'AWS::KMS::Alias': keyAliases(account),
    'AWS::KMS::Key': keys(account),
    'AWS::SNS::Topic': topics(account),
    'AWS::SQS::Queue': queues(account),
    'AWS::Logs::LogGroup': await logGroups(account.connect(CloudWatchLogsClient)),
    'AWS::CloudFormation::Stack': await stacks(account.connect(CloudFormationClient)),
  };
}

async function roles(client: IAMClient) {
  return readEach(await all(paginateListRoles({ client }, {}), (page) => page.Roles), async ({ RoleName = '' }) => {
    const { Role } = await client.send(new GetRoleCommand({ RoleName }));
    const attached = await client.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    const inline = await client.send(new ListRolePoliciesCommand({ RoleName }));
    return [
      RoleName,
      {
        RoleName,
        Path: Role?.Path,
        Description: Role?.Description,
        AssumeRolePolicyDocument: document(Role?.AssumeRolePolicyDocument),
        PermissionsBoundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
        ManagedPolicyArns: sorted(attached.AttachedPolicies?.map((p) => p.PolicyArn)),
        Policies: sorted(inline.PolicyNames),
        Tags: tagMap(Role?.Tags),
      },
    ];
  });
}

async function users(client: IAMClient) {
  return readEach(
    await all(paginateListUsers({ client }, {}), (page) => page.Users),
    async ({ UserName = '', Path }) => {
      const attached = await client.send(new ListAttachedUserPoliciesCommand({ UserName }));
      const inline = await client.send(new ListUserPoliciesCommand({ UserName }));
      const ManagedPolicyArns = sorted(attached.AttachedPolicies?.map((p) => p.PolicyArn));
      return [UserName, { UserName, Path, ManagedPolicyArns, Policies: sorted(inline.PolicyNames) }];
    },
  );
}

async function managedPolicies(client: IAMClient) {
  const local = await all(paginateListPolicies({ client }, { Scope: 'Local' }), (page) => page.Policies);
  return readEach(local, async ({ Arn: PolicyArn = '', PolicyName, Path, DefaultVersionId: VersionId }) => {
    const { PolicyVersion } = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    const carriers = await client.send(
      new ListEntitiesForPolicyCommand({ PolicyArn, PolicyUsageFilter: 'PermissionsPolicy' }),
    );
    return [
      PolicyArn,
      {
        ManagedPolicyName: PolicyName,
        Path,
        PolicyDocument: document(PolicyVersion?.Document),
        Roles: sorted(carriers.PolicyRoles?.map((role) => role.RoleName)),
        Users: sorted(carriers.PolicyUsers?.map((user) => user.UserName)),
      },
    ];
  });
}

async function profiles(client: BedrockClient) {
  const application = paginateListInferenceProfiles({ client }, { typeEquals: 'APPLICATION' });
  const items = await all(application, (page) => page.inferenceProfileSummaries);
  return readEach(
    items,
    async ({ inferenceProfileArn: resourceARN = '', inferenceProfileName, description, models }) => {
      const { tags } = await client.send(new ListTagsForResourceCommand({ resourceARN }));
      return [
        resourceARN,
        {
          InferenceProfileName: inferenceProfileName,
          ...(description && { Description: description }),
          Models: models?.map((model) => model.modelArn),
          Tags: tagMap(tags?.map(({ key, value }) => ({ Key: key, Value: value }))),
        },
      ];
    },
  );
}

async function parameters(client: SSMClient) {
  const items = await all(paginateGetParametersByPath({ client }, { Path: '/', Recursive: true }), (p) => p.Parameters);
  return readEach(items, async ({ Name = '', Type, Value }) => {
    const tags = await client.send(new ListParameterTagsCommand({ ResourceType: 'Parameter', ResourceId: Name }));
    return [Name, { Name, Type, Value, Tags: tagMap(tags.TagList) }];
  });
}

async function functions(client: LambdaClient) {
  const items = await all(paginateListFunctions({ client }, {}), (page) => page.Functions);
  return readEach(items, async ({ FunctionName = '' }) => {
    const { Configuration, Tags } = await client.send(new GetFunctionCommand({ FunctionName }));
    const { Description, Role, Runtime, Architectures, Handler, MemorySize, Timeout, Environment, CodeSha256 } =
      Configuration ?? {};
    return [
      FunctionName,
      {
        ...{ FunctionName, Description, Role, Runtime, Architectures, Handler, MemorySize, Timeout, CodeSha256, Tags },
        Environment: { Variables: Environment?.Variables },
      },
    ];
  });
}

async function eventInvokeConfigs(client: LambdaClient) {
  const items = await all(paginateListFunctions({ client }, {}), (page) => page.Functions);
  const configs = await Promise.all(
    items.map(async ({ FunctionName = '' }) => {
      const pages = paginateListFunctionEventInvokeConfigs({ client }, { FunctionName });
      return all(pages, (page) => page.FunctionEventInvokeConfigs);
    }),
  );
  return readEach(configs.flat(), async ({ FunctionArn = '', ...config }) => {
    const { MaximumEventAgeInSeconds, MaximumRetryAttempts, DestinationConfig } = config;
    const [FunctionName = '', Qualifier = ''] = FunctionArn.split(':').slice(-2);
    return [
      `${FunctionName}:${Qualifier}`,
      { FunctionName, Qualifier, MaximumEventAgeInSeconds, MaximumRetryAttempts, DestinationConfig },
    ];
  });
}

/** Reads the resource-based policies of functions: their statements, by Sid. */
async function permissions(client: LambdaClient) {
  const items = await all(paginateListFunctions({ client }, {}), (page) => page.Functions);
  const statements = await Promise.all(
    items.map(async ({ FunctionName }) => {
      const policy = await client.send(new GetPolicyCommand({ FunctionName })).catch(() => undefined);
      return JSON.parse(policy?.Policy ?? '{"Statement":[]}').Statement as readonly { readonly Sid: string }[];
    }),
  );
  return readEach(statements.flat(), async ({ Sid, ...statement }) => [Sid, statement]);
}

async function logGroups(client: CloudWatchLogsClient) {
  const items = await all(paginateDescribeLogGroups({ client }, {}), (page) => page.logGroups);
  return readEach(items, async ({ logGroupName: LogGroupName = '', retentionInDays, logGroupArn, arn }) => {
    const resourceArn = logGroupArn ?? arn?.replace(/:\*$/, '');
    const { tags: Tags } = await client.send(new ListLogTagsCommand({ resourceArn }));
    return [LogGroupName, { LogGroupName, RetentionInDays: retentionInDays, Tags }];
  });
}

async function stacks(client: CloudFormationClient) {
  const items = await all(paginateListStacks({ client }, {}), (page) => page.StackSummaries);
  const existing = items.filter((stack) => stack.StackStatus !== 'DELETE_COMPLETE');
  return readEach(existing, async ({ StackName = '', StackStatus }) => [StackName, { StackName, StackStatus }]);
}

/** Returns the resources in `after` that are missing in `before` or differ from it. */
export function addedResources(before: AccountState, after: AccountState): AccountState {
  return Object.fromEntries(
    Object.entries(after).map(([type, resources]) => [
      type,
      Object.fromEntries(
        Object.entries(resources).filter(
          ([id, properties]) => JSON.stringify(before[type]?.[id]) !== JSON.stringify(properties),
        ),
      ),
    ]),
  );
}
