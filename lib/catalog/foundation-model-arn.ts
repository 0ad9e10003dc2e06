import { regionalArn } from './arn';

/**
 * Builds the ARN of a foundation model.
 *
 * An empty `region` gives the Region-less ARN, on which IAM decides `global` calls.
 */
export function foundationModelArn(partition: string, region: string, modelId: string): string {
  return regionalArn({ partition, region, account: '' }, 'bedrock', `foundation-model/${modelId}`);
}
