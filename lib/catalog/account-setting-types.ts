/** CloudFormation types of the custom resources for settings of the account that CloudFormation has no type for. */
export const LOGGING_TYPE = 'Custom::BedrockAccessInvocationLogging';
export const COST_TAGS_TYPE = 'Custom::BedrockAccessCostAllocationTags';
