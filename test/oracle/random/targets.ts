const REGION = 'arn:aws:bedrock:us-east-1:111122223333';

const MODELS = [
  'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0',
  'arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0',
  'arn:aws:bedrock:us-east-1::foundation-model/acme.large-v1:0:24k',
];
const OWN_PROFILES = [
  `${REGION}:application-inference-profile/abc123`,
  `${REGION}:application-inference-profile/def456`,
];
const PROFILES = [...OWN_PROFILES, `${REGION}:inference-profile/us.amazon.nova-lite-v1:0`];
const PARAMETERS = ['blue/ann', 'blue/bob', 'red/main.1', 'b.ue'].map(
  (name) => `arn:aws:ssm:us-east-1:111122223333:parameter/${name}`,
);
const ROLES = ['blue/app', 'red/app', 'blue/ann', 'a*b'].map((name) => `arn:aws:iam::111122223333:role/${name}`);
const OBJECTS = ['ann/report.txt', 'bob/report.txt', 'blue/a+b (1).txt', 'blue/$x/a?b', 'blue'].map(
  (name) => `arn:aws:s3:::data/${name}`,
);

/** An action, the resources of its requests, and the condition keys that they may have besides the global ones. */
export interface Target {
  readonly action: string;
  readonly resources: readonly string[];
  readonly keys: readonly string[];
}

const TAGS = ['aws:RequestTag/team'];
const INVOKE = ['bedrock:InferenceProfileArn', 'bedrock:ServiceTier'];

/** Real actions and their resource types. One of the engines checks them. */
export const TARGETS: readonly Target[] = [
  { action: 'bedrock:InvokeModel', resources: [...MODELS, ...PROFILES], keys: [...INVOKE, ...TAGS] },
  { action: 'bedrock:InvokeModelWithResponseStream', resources: [...MODELS, ...PROFILES], keys: INVOKE },
  { action: 'bedrock:GetInferenceProfile', resources: PROFILES, keys: [] },
  { action: 'bedrock:CreateInferenceProfile', resources: [...MODELS, ...PROFILES], keys: TAGS },
  { action: 'bedrock:TagResource', resources: OWN_PROFILES, keys: TAGS },
  { action: 'bedrock:GetFoundationModel', resources: MODELS, keys: [] },
  { action: 'bedrock:ListFoundationModels', resources: ['*'], keys: [] },
  { action: 'ssm:GetParameter', resources: PARAMETERS, keys: [] },
  { action: 'ssm:PutParameter', resources: PARAMETERS, keys: TAGS },
  { action: 'ssm:DescribeParameters', resources: ['*'], keys: [] },
  { action: 'iam:GetRole', resources: ROLES, keys: ['iam:PermissionsBoundary'] },
  { action: 'iam:CreateRole', resources: ROLES, keys: ['iam:PermissionsBoundary', ...TAGS] },
  { action: 'iam:PassRole', resources: ROLES, keys: ['iam:PassedToService'] },
  { action: 'sts:AssumeRole', resources: ROLES, keys: ['sts:ExternalId', 'sts:RoleSessionName', ...TAGS] },
  { action: 's3:GetObject', resources: OBJECTS, keys: [] },
  { action: 's3:PutObject', resources: OBJECTS, keys: ['s3:x-amz-acl'] },
  { action: 's3:ListBucket', resources: ['arn:aws:s3:::data', 'arn:aws:s3:::logs'], keys: ['s3:prefix'] },
];
