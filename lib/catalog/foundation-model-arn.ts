/** ARN of a foundation model; an empty `region` gives the Region-less ARN that `global` routing is checked against. */
export function foundationModelArn(partition: string, region: string, modelId: string): string {
  return `arn:${partition}:bedrock:${region}::foundation-model/${modelId}`;
}
