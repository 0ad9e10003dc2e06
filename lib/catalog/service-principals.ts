/** What is known of a service principal. */
export interface ServicePrincipal {
  /**
   * Service in the ARN of the resource that the service acts for, if AWS documents that the trust policy of its role
   * may compare `aws:SourceAccount` and `aws:SourceArn`. Without it, the service sends neither key, or AWS does not
   * document that it does for every use.
   */
  readonly actsFor?: string;
}

/**
 * Service principals that run users' code or call models for them, and the confused-deputy conditions that AWS
 * documents for the trust policies of their roles. The list is not complete: other services are accepted with a warning.
 *
 * The conditions come from the pages on confused-deputy prevention of each service's guide: Bedrock ("Create a service
 * role for agents", "for model customization", "for batch inference"), AgentCore ("IAM Permissions for AgentCore
 * Runtime"), ECS ("Task IAM role"), EventBridge, EventBridge Pipes, EventBridge Scheduler and Step Functions
 * (2026-11-30). SageMaker documents them for some of its features, and CodeBuild and Glue for some of their resources;
 * a role for the others would no longer work, so theirs have none.
 */
export const SERVICE_PRINCIPALS: Readonly<Record<string, ServicePrincipal>> = {
  'apprunner.amazonaws.com': {},
  'appsync.amazonaws.com': {},
  'batch.amazonaws.com': {},
  'bedrock-agentcore.amazonaws.com': { actsFor: 'bedrock-agentcore' },
  'bedrock.amazonaws.com': { actsFor: 'bedrock' },
  'codebuild.amazonaws.com': {},
  'ec2.amazonaws.com': {},
  'ecs-tasks.amazonaws.com': { actsFor: 'ecs' },
  'ecs.amazonaws.com': {},
  'edgelambda.amazonaws.com': {},
  'emr-serverless.amazonaws.com': {},
  'events.amazonaws.com': { actsFor: 'events' },
  'glue.amazonaws.com': {},
  'lambda.amazonaws.com': {},
  'pipes.amazonaws.com': { actsFor: 'pipes' },
  'sagemaker.amazonaws.com': {},
  'scheduler.amazonaws.com': { actsFor: 'scheduler' },
  'states.amazonaws.com': { actsFor: 'states' },
  'tasks.apprunner.amazonaws.com': {},
};

/** The service whose roles EC2 instances carry in an instance profile (IAM User Guide, "Use instance profiles"). */
export const EC2 = 'ec2.amazonaws.com';
