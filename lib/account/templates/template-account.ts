import { COST_TAGS_TYPE, LOGGING_TYPE } from '../../catalog/account-setting-types';
import { findModel } from '../../catalog/catalog';
import { DENIAL_TYPE } from '../../catalog/denial-type';
import { GATE_TYPE } from '../../catalog/gate-type';
import { isJsonMap } from '../../catalog/json-map';
import { partitionOf } from '../../catalog/region';
import type { Account, Budget, Gate, InferenceProfile, LambdaFunction, Origin, Parameter, Trigger } from '../account';
import type { AssemblyStack } from '../resource/assembly-stack';
import type { Resource } from '../resource/resource';
import { map, maps, tags, text, wrong } from '../resource/resource-properties';
import { TemplateError } from '../resource/template-error';
import { attributeOf, refOf } from '../types/stand-in';
import { stacksOutsideStages } from './cloud-assembly';
import { principals } from './template-principals';
import { readTemplateResources } from './template-resources';

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

/** Types that may call a function or attach a policy, or have one called. */
const TRIGGER_TYPES: readonly string[] = [
  'AWS::Budgets::BudgetsAction',
  'AWS::Events::Rule',
  'AWS::Lambda::Permission',
  'AWS::StepFunctions::StateMachine',
  DENIAL_TYPE,
  COST_TAGS_TYPE,
  LOGGING_TYPE,
];

/** Types that belong to no Region, or to billing: the only ones that a stack in another Region than the others may have. */
const BILLING_TYPES: readonly string[] = [
  'AWS::Budgets::Budget',
  'AWS::Budgets::BudgetsAction',
  'AWS::CDK::Metadata',
  'AWS::CE::AnomalyMonitor',
  'AWS::CE::AnomalySubscription',
];

/** Every type that templates of this project have. What another type grants, nobody here could say. */
const READ_TYPES: readonly string[] = [
  ...KNOWN_IAM_TYPES,
  ...TRIGGER_TYPES,
  ...BILLING_TYPES,
  'AWS::Bedrock::ApplicationInferenceProfile',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::Logs::QueryDefinition',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SSM::Parameter',
  GATE_TYPE,
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
  const { stacks, first, resources } = readTemplateResources(folder, environment);
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
  const all = principals(of, `arn:${partitionOf(first.region)}:iam::${first.accountId}`);
  const carried = new Set(all.flatMap((p) => [...p.policies, ...(p.boundary ? [p.boundary] : [])]).map((p) => p.name));
  const planDigest = stacks.find((s) => s.planDigest !== undefined)?.planDigest;
  return {
    ...(planDigest !== undefined && { planDigest }),
    accountId: first.accountId,
    region: first.region,
    partition: partitionOf(first.region),
    principals: all,
    profiles: of('AWS::Bedrock::ApplicationInferenceProfile').map(profile),
    parameters: of('AWS::SSM::Parameter').map(parameter),
    functions: of('AWS::Lambda::Function').map(lambdaFunction),
    gates: of(GATE_TYPE).map(gate),
    budgets: of('AWS::Budgets::Budget').map(budget),
    triggers: [...of(...TRIGGER_TYPES), ...of('AWS::CloudWatch::Alarm').filter(callsFunction)].map(trigger),
    alerts: [...of('AWS::SNS::Topic', 'AWS::SNS::TopicPolicy').map(trigger), ...keys(of), ...logs(of)],
    unread: [
      ...resources.filter((r) => !readTypes(r.stack.region === first.region).includes(r.type)).map(origin),
      ...stacks.flatMap(parameters),
    ],
    managedPolicies: of('AWS::IAM::ManagedPolicy').map((r) => String(refOf(r))),
    unattached: of('AWS::IAM::ManagedPolicy')
      .map((r) => ({ name: String(refOf(r)), document: r.property('PolicyDocument') }))
      .filter(({ name }) => !carried.has(name)),
    repeated: repeated(resources.flatMap(namesOf)),
    outside: stacksOutsideStages(folder),
    origins: new Map(resources.flatMap((r) => namesOf(r).map((name): [string, Origin] => [name, origin(r)]))),
  };
}

function readTypes(ownRegion: boolean): readonly string[] {
  return ownRegion ? READ_TYPES : [...KNOWN_IAM_TYPES, ...BILLING_TYPES];
}

/** Parameters decide at deployment what a template says: whoever reads their defaults alone has not read it. */
function parameters({ templateFile, template }: AssemblyStack): readonly Origin[] {
  const names = Object.keys(isJsonMap(template['Parameters']) ? template['Parameters'] : {});
  return names
    .filter((name) => name !== 'BootstrapVersion')
    .map((logicalId) => ({ templateFile, logicalId, type: 'template parameter' }));
}

function repeated(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => seen.size === seen.add(name).size);
}

function origin({ stack: { templateFile }, logicalId, type }: Resource): Origin {
  return { templateFile, logicalId, type };
}

/** What a finding may call the resource by. */
function namesOf(r: Resource): readonly string[] {
  switch (r.type) {
    case 'AWS::IAM::Role':
    case 'AWS::IAM::User':
      return [String(attributeOf(r, 'Arn'))];
    case 'AWS::Bedrock::ApplicationInferenceProfile':
      return [String(attributeOf(r, 'InferenceProfileArn')), text(r, 'InferenceProfileName')];
    case 'AWS::Budgets::Budget':
      return [budget(r).name];
    case 'AWS::IAM::ManagedPolicy':
    case 'AWS::SSM::Parameter':
    case 'AWS::Lambda::Function':
      return [String(refOf(r))];
    default:
      return [];
  }
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

function gate(r: Resource): Gate {
  return {
    application: text(r, 'Application'),
    serviceToken: text(r, 'ServiceToken'),
    onFailure: text(r, 'OnFailure'),
  };
}

function budget(r: Resource): Budget {
  const { BudgetName: name, BudgetLimit: limit, CostFilters: filters, ...others } = map(r, 'Budget');
  const { Amount: amount, ...unit } = isJsonMap(limit) ? limit : {};
  if (typeof name !== 'string' || typeof amount !== 'number') {
    return wrong(r, 'Budget', 'must have a name and a limit of its own');
  }
  const listed = Object.entries(isJsonMap(filters) ? filters : {}).map(([key, values]): [string, string[]] => [
    key,
    [values].flat().map(String),
  ]);
  const notices = maps(r, 'NotificationsWithSubscribers').flatMap(({ Notification: notice, Subscribers: all }) => {
    const { NotificationType, ComparisonOperator, Threshold, ThresholdType } = isJsonMap(notice) ? notice : {};
    const above = ComparisonOperator === 'GREATER_THAN' ? 'above' : String(ComparisonOperator);
    const unit = ThresholdType === 'PERCENTAGE' ? 'percent' : String(ThresholdType);
    return (Array.isArray(all) ? all.filter(isJsonMap) : []).map(
      ({ SubscriptionType, Address }) =>
        `${NotificationType} ${above} ${Threshold} ${unit}: ${SubscriptionType} ${Address}`,
    );
  });
  const counted = Object.fromEntries(listed);
  const form = { ...others, ...unit };
  return { name, monthlyUsd: amount, form, filters: counted, notices, tags: tags(r, 'ResourceTags') };
}

/** Most alarms tell a topic, and call nothing. */
function callsFunction(r: Resource): boolean {
  return ['AlarmActions', 'OKActions', 'InsufficientDataActions'].some((name) =>
    JSON.stringify(r.property(name) ?? []).includes(':lambda:'),
  );
}

function trigger(r: Resource): Trigger {
  const properties = r.propertyNames
    .filter((name) => !['Tags', 'ResourceTags', 'Description', 'AlarmDescription'].includes(name))
    .map((name) => [name, r.property(name)]);
  return { type: r.type, name: String(refOf(r) ?? r.logicalId), properties: Object.fromEntries(properties) };
}

/** Keys under the names that aliases give them; an alias for what no template makes stands for itself. */
function keys(of: (...types: readonly string[]) => readonly Resource[]): readonly Trigger[] {
  const aliases = new Map(of('AWS::KMS::Alias').map((r) => [text(r, 'TargetKeyId'), r]));
  const own = of('AWS::KMS::Key').map((r): Trigger => {
    const alias = aliases.get(String(attributeOf(r, 'Arn')));
    const { properties } = trigger(r);
    const name = alias && text(alias, 'AliasName');
    return name === undefined
      ? { type: r.type, name: r.logicalId, properties }
      : { type: r.type, name, properties: { Alias: name, ...properties } };
  });
  const named = new Set(own.map(({ properties }) => properties['Alias']));
  return [...own, ...[...aliases.values()].filter((r) => !named.has(text(r, 'AliasName'))).map(trigger)];
}

/** Logs that are no function's, each with the alias of the key that encrypts it. */
function logs(of: (...types: readonly string[]) => readonly Resource[]): readonly Trigger[] {
  const aliases = new Map(of('AWS::KMS::Alias').map((r) => [text(r, 'TargetKeyId'), text(r, 'AliasName')]));
  return of('AWS::Logs::LogGroup')
    .map(trigger)
    .filter(({ properties }) => !String(properties['LogGroupName']).startsWith('/aws/lambda/'))
    .map((log) => {
      const key = log.properties['KmsKeyId'];
      const named = key === undefined ? {} : { KmsKeyId: aliases.get(String(key)) ?? key };
      return { ...log, properties: { ...log.properties, ...named } };
    });
}

function lambdaFunction(r: Resource): LambdaFunction {
  if (r.property('Layers') !== undefined) {
    return wrong(r, 'Layers', 'code that the plan does not have is not understood here; remove the layers');
  }
  const { Variables: variables = {} } = map(r, 'Environment');
  return {
    name: String(refOf(r)),
    roleArn: text(r, 'Role'),
    handler: text(r, 'Handler'),
    timeoutSeconds: Number(r.property('Timeout') ?? 3),
    environment: Object.fromEntries(
      Object.entries(isJsonMap(variables) ? variables : {}).map(([key, value]) => [key, String(value)]),
    ),
    codeDirectory:
      r.stack.assets.get(String(map(r, 'Code')['S3Key'])) ?? wrong(r, 'Code', 'is no asset of this assembly'),
  };
}
