/**
 * AWS managed policies that CDK constructs or people often attach and that name no Bedrock action
 * (default versions of 2026-03-07).
 */
const WITHOUT_BEDROCK: readonly string[] = [
  'AWSAppSyncPushToCloudWatchLogs',
  'AWSBatchServiceRole',
  'AWSCodeDeployRole',
  'AWSCodeDeployRoleForECS',
  'AWSCodeDeployRoleForLambda',
  'AWSCodeDeployRoleForLambdaLimited',
  'AWSGlueServiceRole',
  'AWSLambdaBasicDurableExecutionRolePolicy',
  'AWSLambdaBasicExecutionRole',
  'AWSLambdaDynamoDBExecutionRole',
  'AWSLambdaKinesisExecutionRole',
  'AWSLambdaMSKExecutionRole',
  'AWSLambdaSQSQueueExecutionRole',
  'AWSLambdaVPCAccessExecutionRole',
  'AWSXRayDaemonWriteAccess',
  'AmazonAPIGatewayPushToCloudWatchLogs',
  'AmazonDynamoDBReadOnlyAccess',
  'AmazonEC2ContainerRegistryPullOnly',
  'AmazonEC2ContainerRegistryReadOnly',
  'AmazonEC2ContainerServiceforEC2Role',
  'AmazonECSTaskExecutionRolePolicy',
  'AmazonEKSClusterPolicy',
  'AmazonEKSFargatePodExecutionRolePolicy',
  'AmazonEKSWorkerNodePolicy',
  'AmazonEKS_CNI_Policy',
  'AmazonElasticContainerRegistryPublicReadOnly',
  'AmazonRDSEnhancedMonitoringRole',
  'AmazonS3ReadOnlyAccess',
  'AmazonSSMManagedInstanceCore',
  'CloudWatchAgentServerPolicy',
  'CloudWatchLambdaInsightsExecutionRolePolicy',
];

const allow = (actions: object): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', ...actions, Resource: '*' }],
});

/** AWS managed policies that allow Bedrock actions, reduced to what concerns Bedrock (same versions). */
const WITH_BEDROCK: Readonly<Record<string, object>> = {
  AdministratorAccess: allow({ Action: '*' }),
  AmazonBedrockFullAccess: allow({ Action: ['bedrock:*', 'bedrock-mantle:*'] }),
  PowerUserAccess: allow({ NotAction: ['iam:*', 'organizations:*', 'account:*'] }),
};

/** Returns what an AWS managed policy says about Bedrock, or `undefined` for a policy that is not listed here. */
export function awsManagedPolicy(arn: string): object | undefined {
  const [, name = ''] = /^arn:[^:]+:iam::aws:policy\/(?:[^/]+\/)*([^/]+)$/.exec(arn) ?? [];
  return WITHOUT_BEDROCK.includes(name)
    ? { Version: '2012-10-17', Statement: [] }
    : Object.hasOwn(WITH_BEDROCK, name)
      ? WITH_BEDROCK[name]
      : undefined;
}
