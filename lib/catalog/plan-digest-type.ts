/** Type of the cloud assembly metadata that holds the digest of the plan from which the assembly was synthesized. */
export const PLAN_DIGEST = 'bedrock-access:plan';
