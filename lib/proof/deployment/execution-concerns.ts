import type { Resource } from '../../account/resource/resource';
import { map, maps, tags, text, texts } from '../../account/resource/resource-properties';
import { resourceTags } from '../../account/resource/resource-tags';
import { attributeOf, refOf } from '../../account/types/stand-in';
import { destinationRegions, findModel, routingsFrom } from '../../catalog/catalog';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
import { handlerType } from '../../catalog/resource-handlers';
import type { RequestContext } from '../../iam/match/access-request';

/** What an action is done on, and what of the request a condition may ask for. */
export interface Concern {
  readonly resource: string;
  readonly context?: RequestContext;
}

/** A role of the templates. */
export interface OwnRole {
  readonly arn: string;
  readonly boundary?: string;
}

/** The templates' own roles by name. */
export type OwnRoles = ReadonlyMap<string, OwnRole>;

type Concerns = (resource: Resource, roles: OwnRoles) => readonly Concern[];

/** What a type's actions are done on: most on the resource itself, some on something else. */
interface TypeConcerns {
  readonly own: Concerns;
  readonly others: Readonly<Record<string, Concerns>>;
}

const on = (...arns: readonly string[]): readonly Concern[] => arns.map((resource) => ({ resource }));
const ANYTHING: Concerns = () => on('*');
const boundaryOf = (boundary: string | undefined): RequestContext =>
  boundary === undefined ? {} : { 'iam:PermissionsBoundary': [boundary] };

/** The name's ARN in a service of the template's account and Region. */
function here({ partition, stack }: Resource, service: string, name: string): string {
  return `arn:${partition}:${service}:${stack.region}:${stack.accountId}:${name}`;
}

/** ARN of an SSM parameter: one slash stands before its name, whether the name begins with one or not. */
export function parameterOf(resource: Pick<Resource, 'partition' | 'stack'>, name: string): string {
  return here(resource as Resource, 'ssm', `parameter/${name.replace(/^\//, '')}`);
}

/** A role or user that the templates name: their own, or one that exists already, whose path nobody here knows. */
function attached(kind: 'role' | 'user', property: 'Roles' | 'Users'): Concerns {
  return (r, roles) =>
    texts(r, property).flatMap((name) => {
      const own = kind === 'role' ? roles.get(name) : undefined;
      const account = `arn:${r.partition}:iam::${r.stack.accountId}:${kind}`;
      const arns = own === undefined ? [`${account}/${name}`, `${account}/some/path/${name}`] : [own.arn];
      const context = { 'iam:PolicyARN': [String(refOf(r))], ...boundaryOf(own?.boundary) };
      return arns.map((resource) => ({ resource, context }));
    });
}

const bounded: Concerns = (r) => {
  const boundary = r.property('PermissionsBoundary') === undefined ? undefined : text(r, 'PermissionsBoundary');
  return [{ resource: String(attributeOf(r, 'Arn')), context: boundaryOf(boundary) }];
};

/** Each policy that a role lists by itself. */
const listed: Concerns = (r) =>
  texts(r, 'ManagedPolicyArns').map((policy) => ({
    resource: String(attributeOf(r, 'Arn')),
    context: { 'iam:PolicyARN': [policy] },
  }));

const passed: Concerns = (r) => [
  { resource: text(r, 'Role'), context: { 'iam:PassedToService': ['lambda.amazonaws.com'] } },
];

const allowedCaller: Concerns = (r) => [
  { resource: functionArn(r), context: { 'lambda:Principal': [text(r, 'Principal')] } },
];

const passedToStates: Concerns = (r) => [
  { resource: text(r, 'RoleArn'), context: { 'iam:PassedToService': ['states.amazonaws.com'] } },
];

/** Roles that a rule or its targets name. */
const passedToEvents: Concerns = (r) =>
  [r.property('RoleArn'), ...maps(r, 'Targets').map((target) => target['RoleArn'])]
    .filter((role) => role !== undefined)
    .map((role) => ({ resource: String(role), context: { 'iam:PassedToService': ['events.amazonaws.com'] } }));

/** The asset, in a bucket that is the account's own. */
const code: Concerns = (r) => {
  const { S3Bucket: bucket, S3Key: key } = map(r, 'Code');
  const context = { 'aws:ResourceAccount': [r.stack.accountId] };
  return [{ resource: `arn:${r.partition}:s3:::${String(bucket)}/${String(key)}`, context }];
};

/** A function is named by its name, or by its ARN. */
function functionArn(r: Resource): string {
  const name = text(r, 'FunctionName');
  return name.startsWith('arn:') ? name : here(r, 'lambda', `function:${name}`);
}

/** CloudFormation passes the qualifier on. */
const qualified: Concerns = (r) => on(functionArn(r), `${functionArn(r)}:${text(r, 'Qualifier')}`);

/** AWS documents the first form for tags and the second for everything else, and its refusals show the second. */
const log: Concerns = (r) => {
  const arn = here(r, 'logs', `log-group:${String(refOf(r))}`);
  return on(arn, `${arn}:log-stream:`);
};
const taggedLog: Concerns = (r) => on(here(r, 'logs', `log-group:${String(refOf(r))}`));

/** The profile, what it copies from, and the models that this routes to: which of them Bedrock checks is not documented. */
const copied: Concerns = (r) => {
  const { partition, stack } = r;
  const from = String(map(r, 'ModelSource')['CopyFrom']);
  const [, prefix = '', modelId = ''] = /:inference-profile\/([a-z-]+)\.(.+)$/.exec(from) ?? [];
  const model = findModel(modelId);
  const routing = model && routingsFrom(model, stack.region).find((found) => found === prefix);
  const regions = model && routing ? destinationRegions(model, routing, stack.region) : [];
  return on(
    String(attributeOf(r, 'InferenceProfileArn')),
    here(r, 'bedrock', 'application-inference-profile/*'),
    from,
    ...regions.map((region) => foundationModelArn(partition, region, modelId)),
  );
};

/** A budget belongs to no Region. */
function budgetArn(r: Resource): string {
  return `arn:${r.partition}:budgets::${r.stack.accountId}:budget/${String(map(r, 'Budget')['BudgetName'])}`;
}

/** An action of a budget, whose id nobody knows before. */
const budgetAction: Concerns = (r) =>
  on(`arn:${r.partition}:budgets::${r.stack.accountId}:budget/${text(r, 'BudgetName')}/action/${r.logicalId}`);

const passedToBudgets: Concerns = (r) => [
  { resource: text(r, 'ExecutionRoleArn'), context: { 'iam:PassedToService': ['budgets.amazonaws.com'] } },
];

/** Monitors and subscriptions, whose ids nobody knows before. */
function anomalyArn(kind: 'anomalymonitor' | 'anomalysubscription'): Concerns {
  return ({ partition, stack, logicalId }) => on(`arn:${partition}:ce::${stack.accountId}:${kind}/${logicalId}`);
}
/** Dashboards are of no Region. */
function dashboardArn(r: Resource): string {
  return `arn:${r.partition}:cloudwatch::${r.stack.accountId}:dashboard/${text(r, 'DashboardName')}`;
}

/** KMS takes the tags of a key with its creation: whatever is done with it later finds them. */
const taggedKey: Concerns = (r) => [{ resource: String(attributeOf(r, 'Arn')), context: resourceTags(tags(r)) }];

/** KMS checks an alias and the key that it stands for. */
const aliasAndKey: Concerns = (r) => on(here(r, 'kms', text(r, 'AliasName')), text(r, 'TargetKeyId'));

const CONCERNS: Readonly<Record<string, TypeConcerns>> = {
  'AWS::IAM::Role': {
    own: (r) => on(String(attributeOf(r, 'Arn'))),
    others: {
      'iam:CreateRole': bounded,
      'iam:PutRolePermissionsBoundary': bounded,
      'iam:AttachRolePolicy': listed,
      'iam:DetachRolePolicy': listed,
    },
  },
  'AWS::IAM::ManagedPolicy': {
    own: (r) => on(String(refOf(r))),
    others: {
      'iam:AttachRolePolicy': attached('role', 'Roles'),
      'iam:DetachRolePolicy': attached('role', 'Roles'),
      'iam:AttachUserPolicy': attached('user', 'Users'),
      'iam:DetachUserPolicy': attached('user', 'Users'),
    },
  },
  'AWS::IAM::OIDCProvider': { own: (r) => on(String(attributeOf(r, 'Arn'))), others: {} },
  'AWS::Lambda::Function': {
    own: (r) => on(String(attributeOf(r, 'Arn'))),
    others: { 'iam:PassRole': passed, 's3:GetObject': code, 's3:GetObjectVersion': code },
  },
  'AWS::Lambda::Permission': { own: (r) => on(functionArn(r)), others: { 'lambda:AddPermission': allowedCaller } },
  'AWS::Events::Rule': { own: (r) => on(String(attributeOf(r, 'Arn'))), others: { 'iam:PassRole': passedToEvents } },
  'AWS::StepFunctions::StateMachine': {
    own: (r) => on(String(attributeOf(r, 'Arn'))),
    others: { 'iam:PassRole': passedToStates },
  },
  'AWS::CloudWatch::Alarm': { own: (r) => on(String(attributeOf(r, 'Arn'))), others: {} },
  'AWS::CloudWatch::Dashboard': { own: (r) => on(dashboardArn(r)), others: {} },
  'AWS::KMS::Key': {
    own: taggedKey,
    others: { 'kms:CreateKey': ANYTHING, 'kms:TagResource': (r) => on(String(attributeOf(r, 'Arn'))) },
  },
  'AWS::KMS::Alias': { own: aliasAndKey, others: { 'kms:ListAliases': ANYTHING } },
  'AWS::SNS::Topic': { own: (r) => on(String(refOf(r))), others: {} },
  'AWS::SNS::TopicPolicy': { own: (r) => on(...texts(r, 'Topics')), others: {} },
  'AWS::Lambda::EventInvokeConfig': { own: qualified, others: {} },
  'AWS::Logs::LogGroup': {
    own: log,
    others: {
      'logs:TagResource': taggedLog,
      'logs:UntagResource': taggedLog,
      'logs:ListTagsForResource': taggedLog,
      'logs:DescribeLogGroups': ANYTHING,
      'logs:DescribeIndexPolicies': ANYTHING,
      'logs:DescribeResourcePolicies': ANYTHING,
    },
  },
  'AWS::Logs::QueryDefinition': { own: ANYTHING, others: {} },
  'AWS::SSM::Parameter': { own: (r) => on(parameterOf(r, String(refOf(r)))), others: {} },
  'AWS::Bedrock::ApplicationInferenceProfile': {
    own: (r) => on(String(attributeOf(r, 'InferenceProfileArn'))),
    others: { 'bedrock:CreateInferenceProfile': copied },
  },
  'AWS::Budgets::Budget': {
    own: (r) => on(budgetArn(r)),
    others: {
      'billing:GetBillingViewData': (r) => on(`arn:${r.partition}:billing::${r.stack.accountId}:billingview/primary`),
    },
  },
  'AWS::Budgets::BudgetsAction': { own: budgetAction, others: { 'iam:PassRole': passedToBudgets } },
  'AWS::CE::AnomalyMonitor': { own: anomalyArn('anomalymonitor'), others: { 'ce:CreateAnomalyMonitor': ANYTHING } },
  'AWS::CE::AnomalySubscription': {
    own: anomalyArn('anomalysubscription'),
    others: { 'ce:CreateAnomalySubscription': ANYTHING },
  },
  'AWS::CloudFormation::CustomResource': { own: (r) => on(text(r, 'ServiceToken')), others: {} },
};

/** What CloudFormation does an action of a type's handlers on, or `undefined` where nobody here knows. */
export function concernsOf(resource: Resource, action: string, roles: OwnRoles): readonly Concern[] | undefined {
  const type = handlerType(resource.type);
  const concerns = Object.hasOwn(CONCERNS, type) ? CONCERNS[type] : undefined;
  const other = concerns && Object.hasOwn(concerns.others, action) ? concerns.others[action] : undefined;
  return (other ?? concerns?.own)?.(resource, roles);
}
