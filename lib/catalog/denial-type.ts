/** Type of the custom resource that keeps an application's denial correct while its stack changes. */
export const DENIAL_TYPE = 'Custom::BedrockAccessDenial';
