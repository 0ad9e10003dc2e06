import { arnWithoutAccount } from '../../catalog/arn';
import { isJsonMap } from '../../catalog/json-map';
import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { LambdaFunction } from '../account';
import type { Resource } from '../resource/resource';
import { map, rejectProperty, text } from '../resource/resource-properties';
import { type ActionTargets, on, passedTo } from './action-target';
import { resourceName } from './generated-name';
import { regionalArn } from './resource-arn';
import { NO_STAND_IN, notRead, onItself, type ResourceType, unnamed } from './resource-type';
import { wholeResource } from './whole-resource';

const functionName = (r: Resource): string => resourceName(r, 'FunctionName');
const functionArn = (r: Resource): string => regionalArn(r, 'lambda', `function:${functionName(r)}`);

/**
 * Returns the ARN of the function that a permission or a configuration belongs to. `FunctionName` holds its name or its
 * ARN.
 */
function ownerArn(r: Resource): string {
  const name = text(r, 'FunctionName');
  return name.startsWith('arn:') ? name : regionalArn(r, 'lambda', `function:${name}`);
}

function lambdaFunction(r: Resource): LambdaFunction {
  if (r.property('Layers') !== undefined) {
    return rejectProperty(r, 'Layers', 'layers contain code that the plan does not know; remove the layers');
  }
  const { Variables: variables = {} } = map(r, 'Environment');
  return {
    name: functionName(r),
    roleArn: text(r, 'Role'),
    handler: text(r, 'Handler'),
    timeoutSeconds: Number(r.property('Timeout') ?? 3),
    environment: Object.fromEntries(
      Object.entries(isJsonMap(variables) ? variables : {}).map(([key, value]) => [key, String(value)]),
    ),
    codeDirectory:
      r.stack.assets.get(String(map(r, 'Code')['S3Key'])) ??
      rejectProperty(r, 'Code', 'is not an asset of this assembly'),
  };
}

/** Returns the asset object with the code. Its bucket belongs to the account. */
const codeObject: ActionTargets = (r) => {
  const { S3Bucket: bucket, S3Key: key } = map(r, 'Code');
  const context = { 'aws:ResourceAccount': [r.stack.accountId] };
  return [{ resource: arnWithoutAccount(r.partition, 's3', `${String(bucket)}/${String(key)}`), context }];
};

export const LAMBDA_TYPES = {
  'AWS::Lambda::Function': {
    regions: 'own',
    access: 'none',
    read: (r) => ({ functions: [lambdaFunction(r)] }),
    names: (r) => [functionName(r)],
    standIn: { ref: functionName, attributes: { Arn: functionArn } },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::Lambda::Function'],
    unusedFeatures: [
      {
        feature: 'VPC',
        absent: ['VpcConfig'],
        elsewhere: true,
        actions: [
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeSubnets',
          'ec2:DescribeVpcs',
        ],
        reason: 'the function reaches public endpoints and is in no VPC',
      },
      {
        feature: 'file systems',
        absent: ['FileSystemConfigs'],
        elsewhere: true,
        actions: ['elasticfilesystem:DescribeMountTargets', 's3files:ListMountTargets'],
        reason: 'the function mounts no file system',
      },
      {
        feature: 'customer managed keys',
        absent: ['KmsKeyArn', 'Code.SourceKMSKeyArn'],
        elsewhere: true,
        actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
        reason: "code and variables are encrypted with Lambda's own key, which needs no grant",
      },
      {
        feature: 'layers',
        absent: ['Layers'],
        elsewhere: true,
        actions: ['lambda:GetLayerVersion'],
        reason: 'the bundle contains all code',
      },
      {
        feature: 'code signing',
        absent: ['CodeSigningConfigArn'],
        elsewhere: true,
        actions: [
          'lambda:GetCodeSigningConfig',
          'lambda:PutFunctionCodeSigningConfig',
          'lambda:DeleteFunctionCodeSigningConfig',
        ],
        reason: 'the bundle is not signed',
      },
      {
        feature: 'a version of the object in S3',
        absent: ['Code.S3ObjectVersion'],
        actions: ['s3:GetObjectVersion'],
        reason: 'the key of an asset is the digest of its content',
      },
      {
        feature: 'reserved concurrency',
        absent: ['ReservedConcurrentExecutions'],
        actions: ['lambda:PutFunctionConcurrency', 'lambda:DeleteFunctionConcurrency'],
        reason: 'the function reserves no concurrency',
      },
      {
        feature: 'a pinned runtime version',
        absent: ['RuntimeManagementConfig'],
        actions: ['lambda:PutRuntimeManagementConfig'],
        reason: 'Lambda keeps the runtime up to date',
      },
      {
        feature: 'recursive loops',
        absent: ['RecursiveLoop'],
        actions: ['lambda:PutFunctionRecursionConfig'],
        reason: 'the default, which stops recursive loops, is kept',
      },
      {
        feature: 'scaling',
        absent: ['FunctionScalingConfig'],
        actions: ['lambda:PutFunctionScalingConfig'],
        reason: 'the default is kept',
      },
      {
        feature: 'published versions',
        absent: ['PublishToLatestPublished', 'CapacityProviderConfig'],
        actions: ['lambda:PublishVersion'],
        reason: 'only $LATEST is used',
      },
      {
        feature: 'capacity providers',
        absent: ['CapacityProviderConfig'],
        elsewhere: true,
        actions: ['lambda:PassCapacityProvider'],
        reason: 'Lambda runs the function',
      },
      {
        feature: 'custom runtimes',
        absent: ['RuntimeConfig'],
        elsewhere: true,
        actions: ['lambda:AssociateRuntimeAlias'],
        reason: "the runtime is Lambda's; the service authorization reference of 2026-09-26 has no such action",
      },
    ],
    actsOn: {
      itself: (r) => on(functionArn(r)),
      itselfFor: {},
      others: {
        'iam:PassRole': (r) => [passedTo(text(r, 'Role'), 'lambda.amazonaws.com')],
        's3:GetObject': codeObject,
        's3:GetObjectVersion': codeObject,
      },
    },
    judgedByGate: true,
    charge: 'by use',
  },
  'AWS::Lambda::Permission': {
    regions: 'own',
    access: 'none',
    read: (r) => ({ wholeResources: [wholeResource(r)] }),
    names: unnamed,
    standIn: NO_STAND_IN,
    tags: 'none',
    handlers: REGISTRY_HANDLERS['AWS::Lambda::Permission'],
    unusedFeatures: [],
    actsOn: {
      itself: (r) => on(ownerArn(r)),
      others: {},
      itselfFor: {
        'lambda:AddPermission': (r) => [
          { resource: ownerArn(r), context: { 'lambda:Principal': [text(r, 'Principal')] } },
        ],
      },
    },
    judgedByGate: true,
    charge: 'free',
  },
  'AWS::Lambda::EventInvokeConfig': {
    regions: 'own',
    access: 'none',
    read: notRead,
    names: unnamed,
    standIn: NO_STAND_IN,
    tags: 'none',
    handlers: REGISTRY_HANDLERS['AWS::Lambda::EventInvokeConfig'],
    unusedFeatures: [],
    // The action is called with the qualifier of the template, so its ARN may end in the qualifier.
    actsOn: onItself((r) => on(ownerArn(r), `${ownerArn(r)}:${text(r, 'Qualifier')}`)),
    judgedByGate: true,
    charge: 'free',
  },
} satisfies Readonly<Record<string, ResourceType>>;
