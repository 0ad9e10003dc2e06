/**
 * Builds the ARN of a foundation model.
 *
 * An empty `region` gives the Region-less ARN, on which IAM decides `global` calls.
 */
export function foundationModelArn(partition: string, region: string, modelId: string): string {
  return `arn:${partition}:bedrock:${region}::foundation-model/${modelId}`;
}
