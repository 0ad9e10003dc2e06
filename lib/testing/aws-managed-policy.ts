/**
 * Policies of AWS that CDK constructs attach and people commonly do, and that name no action of Bedrock
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

const allow = (what: object): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', ...what, Resource: '*' }],
});

/** What others allow of Bedrock (same versions). */
const WITH_BEDROCK: Readonly<Record<string, object>> = {
  AdministratorAccess: allow({ Action: '*' }),
  AmazonBedrockFullAccess: allow({ Action: ['bedrock:*', 'bedrock-mantle:*'] }),
  PowerUserAccess: allow({ NotAction: ['iam:*', 'organizations:*', 'account:*'] }),
};

/** The document of a policy of AWS, as far as it is about Bedrock, or `undefined` for one that is not known here. */
export function awsManagedPolicy(arn: string): object | undefined {
  const [, name = ''] = /^arn:[^:]+:iam::aws:policy\/(?:[^/]+\/)*([^/]+)$/.exec(arn) ?? [];
  return WITHOUT_BEDROCK.includes(name)
    ? { Version: '2012-10-17', Statement: [] }
    : Object.hasOwn(WITH_BEDROCK, name)
      ? WITH_BEDROCK[name]
      : undefined;
}
