import { arnsOf, INVOKE_ACTIONS, MODEL_TYPES, PROFILE_TYPES } from './invoke-resources';
import { exampleModel, type Rule, rulePolicy } from './rule';

/** Stands for the Region-less ARN of a foundation model, which calls with `global` routing are checked against. */
export const GLOBAL = 'global';

const MODELS = ['foundation-model'];
/** What has a Region for certain: a model may have none, and a system tool never has one. */
const IN_A_REGION = [...PROFILE_TYPES, ...MODEL_TYPES].filter(
  (type) => !['foundation-model', 'system-tool'].includes(type),
);

/** An invocation of anything that is in none of the Regions. */
export function outsideOf(regions: readonly string[]): Rule {
  return {
    policy: rulePolicy([
      { Effect: 'Allow', Action: INVOKE_ACTIONS, Resource: [...arnsOf(MODELS), ...arnsOf(IN_A_REGION, '?*')] },
      {
        Effect: 'Deny',
        Action: INVOKE_ACTIONS,
        Resource: regions.flatMap((region) =>
          region === GLOBAL ? arnsOf(MODELS, '') : arnsOf([...MODELS, ...IN_A_REGION], region),
        ),
      },
    ]),
    actions: INVOKE_ACTIONS,
    example: exampleModel,
  };
}
