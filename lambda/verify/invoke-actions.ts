/** What IAM is asked for when a model is called: whole, or as a stream. */
export const INVOKE_ACTIONS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
