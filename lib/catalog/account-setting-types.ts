/** Custom resource types for account settings that CloudFormation has no type for. */
export const LOGGING_TYPE = 'Custom::BedrockAccessInvocationLogging';
export const COST_TAGS_TYPE = 'Custom::BedrockAccessCostAllocationTags';
