import { CfnApplicationInferenceProfile } from 'aws-cdk-lib/aws-bedrock';
import type { Construct } from 'constructs';
import type { GenerationPlan } from '../plan/parts/generation-plan';

/**
 * Defines the application inference profile of one generation.
 *
 * The construct's id contains the generation and not its place in the file. Name and model source are create-only, so a
 * profile that becomes the previous generation must remain the same resource. Otherwise its ARN would change.
 */
export function inferenceProfile(scope: Construct, plan: GenerationPlan): CfnApplicationInferenceProfile {
  return new CfnApplicationInferenceProfile(scope, `${plan.alias}-${plan.generation}`, {
    inferenceProfileName: plan.profileName,
    modelSource: { copyFrom: plan.copyFrom },
  });
}
