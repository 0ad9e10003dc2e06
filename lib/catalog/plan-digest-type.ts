/** Type of the metadata that a cloud assembly carries beside its templates: from which plan it was synthesized. */
export const PLAN_DIGEST = 'bedrock-access:plan';
