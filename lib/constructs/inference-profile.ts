import { CfnApplicationInferenceProfile } from 'aws-cdk-lib/aws-bedrock';
import type { Construct } from 'constructs';
import type { GenerationPlan } from '../plan/parts/generation-plan';

/**
 * Defines the application inference profile of one generation.
 *
 * The construct's id follows the generation and not its place in the file: name and model source are create-only, so a
 * profile that became the previous generation must stay the resource it was, or its ARN would change.
 */
export function inferenceProfile(scope: Construct, plan: GenerationPlan): CfnApplicationInferenceProfile {
  return new CfnApplicationInferenceProfile(scope, `${plan.alias}-${plan.generation}`, {
    inferenceProfileName: plan.profileName,
    modelSource: { copyFrom: plan.copyFrom },
  });
}
