/**
 * Service principals that run users' code (AWS documentation of each service). The list is not complete. It only serves
 * to detect misspelled names, not to refuse others.
 */
export const SERVICE_PRINCIPALS = [
  'apprunner.amazonaws.com',
  'appsync.amazonaws.com',
  'batch.amazonaws.com',
  'bedrock-agentcore.amazonaws.com',
  'codebuild.amazonaws.com',
  'ec2.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'ecs.amazonaws.com',
  'edgelambda.amazonaws.com',
  'emr-serverless.amazonaws.com',
  'events.amazonaws.com',
  'glue.amazonaws.com',
  'lambda.amazonaws.com',
  'pipes.amazonaws.com',
  'pods.eks.amazonaws.com',
  'sagemaker.amazonaws.com',
  'scheduler.amazonaws.com',
  'states.amazonaws.com',
  'tasks.apprunner.amazonaws.com',
] as const;
