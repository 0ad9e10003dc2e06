/** CloudFormation type of what keeps an application's denial right while its stack changes. */
export const DENIAL_TYPE = 'Custom::BedrockAccessDenial';
