import { createHash } from 'node:crypto';
import type { Resource } from '../resource/resource';

/** Text of `length` lower-case letters and digits that depends on `seed` alone. */
function token(seed: string, length: number): string {
  const digest = createHash('sha256').update(seed).digest();
  return Array.from({ length }, (_, i) => ((digest[i] ?? 0) % 36).toString(36)).join('');
}

/** The name that CloudFormation would make up for a resource without one. */
function madeUpName(r: Resource): string {
  return `${r.stack.stackName}-${r.logicalId}-${token(`${r.stack.stackName}/${r.logicalId}`, 12).toUpperCase()}`;
}

const named = (r: Resource, property: string): string => {
  const name = r.property(property);
  return typeof name === 'string' ? name : madeUpName(r);
};
const arn = (r: Resource, service: string, region: string, rest: string): string =>
  `arn:${r.partition}:${service}:${region}:${r.stack.accountId}:${rest}`;
const iamArn = (r: Resource, kind: string, property: string): string => {
  const path = r.property('Path');
  return arn(r, 'iam', '', `${kind}${typeof path === 'string' ? path : '/'}${named(r, property)}`);
};

/** Twelve letters and digits as Bedrock gives them, from what replaces the profile: the same profile keeps its id. */
const profileId = (r: Resource): string =>
  token(
    JSON.stringify([r.stack.accountId, r.stack.region, r.property('InferenceProfileName'), r.property('ModelSource')]),
    12,
  );
const profileArn = (r: Resource): string =>
  arn(r, 'bedrock', r.stack.region, `application-inference-profile/${profileId(r)}`);

/** A UUID as KMS gives it, from where the key stands. */
const keyId = (r: Resource): string => {
  const digits = createHash('sha256').update(madeUpName(r)).digest('hex');
  return [8, 12, 16, 20, 32].map((end, i, ends) => digits.slice(ends[i - 1] ?? 0, end)).join('-');
};

interface StandIns {
  readonly ref?: (r: Resource) => unknown;
  readonly attributes: Readonly<Record<string, (r: Resource) => unknown>>;
}

/** What `Ref` and `Fn::GetAtt` give for each resource type that templates refer to (CloudFormation resource reference). */
const STAND_INS: Readonly<Record<string, StandIns>> = {
  'AWS::IAM::Role': {
    ref: (r) => named(r, 'RoleName'),
    attributes: {
      Arn: (r) => iamArn(r, 'role', 'RoleName'),
      RoleId: (r) => `AROA${token(madeUpName(r), 17).toUpperCase()}`,
    },
  },
  'AWS::IAM::User': { ref: (r) => named(r, 'UserName'), attributes: { Arn: (r) => iamArn(r, 'user', 'UserName') } },
  'AWS::IAM::Group': { ref: (r) => named(r, 'GroupName'), attributes: { Arn: (r) => iamArn(r, 'group', 'GroupName') } },
  'AWS::IAM::ManagedPolicy': {
    ref: (r) => iamArn(r, 'policy', 'ManagedPolicyName'),
    attributes: { PolicyArn: (r) => iamArn(r, 'policy', 'ManagedPolicyName') },
  },
  'AWS::IAM::OIDCProvider': {
    ref: (r) => arn(r, 'iam', '', `oidc-provider/${String(r.property('Url')).replace('https://', '')}`),
    attributes: { Arn: (r) => arn(r, 'iam', '', `oidc-provider/${String(r.property('Url')).replace('https://', '')}`) },
  },
  // What Ref of a profile gives is documented as an "identifier" alone: it is refused rather than guessed.
  'AWS::Bedrock::ApplicationInferenceProfile': {
    attributes: {
      InferenceProfileArn: profileArn,
      InferenceProfileId: profileId,
      Status: () => 'ACTIVE',
      Type: () => 'APPLICATION',
    },
  },
  'AWS::SSM::Parameter': {
    ref: (r) => named(r, 'Name'),
    attributes: { Type: (r) => r.property('Type'), Value: (r) => r.property('Value') },
  },
  'AWS::Lambda::Function': {
    ref: (r) => named(r, 'FunctionName'),
    attributes: { Arn: (r) => arn(r, 'lambda', r.stack.region, `function:${named(r, 'FunctionName')}`) },
  },
  'AWS::Events::Rule': {
    ref: (r) => named(r, 'Name'),
    attributes: { Arn: (r) => arn(r, 'events', r.stack.region, `rule/${named(r, 'Name')}`) },
  },
  'AWS::StepFunctions::StateMachine': {
    ref: (r) => arn(r, 'states', r.stack.region, `stateMachine:${named(r, 'StateMachineName')}`),
    attributes: { Arn: (r) => arn(r, 'states', r.stack.region, `stateMachine:${named(r, 'StateMachineName')}`) },
  },
  'AWS::CloudWatch::Alarm': {
    ref: (r) => named(r, 'AlarmName'),
    attributes: { Arn: (r) => arn(r, 'cloudwatch', r.stack.region, `alarm:${named(r, 'AlarmName')}`) },
  },
  'AWS::KMS::Key': {
    ref: (r) => keyId(r),
    attributes: { Arn: (r) => arn(r, 'kms', r.stack.region, `key/${keyId(r)}`), KeyId: (r) => keyId(r) },
  },
  'AWS::SNS::Topic': {
    ref: (r) => arn(r, 'sns', r.stack.region, named(r, 'TopicName')),
    attributes: {
      TopicArn: (r) => arn(r, 'sns', r.stack.region, named(r, 'TopicName')),
      TopicName: (r) => named(r, 'TopicName'),
    },
  },
  'AWS::Logs::LogGroup': {
    ref: (r) => named(r, 'LogGroupName'),
    attributes: { Arn: (r) => arn(r, 'logs', r.stack.region, `log-group:${named(r, 'LogGroupName')}:*`) },
  },
};

function standIns({ type }: Resource): StandIns | undefined {
  return Object.hasOwn(STAND_INS, type) ? STAND_INS[type] : undefined;
}

/** What `Ref` of the resource gives, or `undefined` where that is not known. */
export function refOf(resource: Resource): unknown {
  return standIns(resource)?.ref?.(resource);
}

/** What `Fn::GetAtt` of the resource gives, or `undefined` where that is not known. */
export function attributeOf(resource: Resource, attribute: string): unknown {
  const attributes = standIns(resource)?.attributes ?? {};
  return Object.hasOwn(attributes, attribute) ? attributes[attribute]?.(resource) : undefined;
}
