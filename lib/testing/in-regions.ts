import { INVOKE_ACTIONS, MODEL_TYPES, PROFILE_TYPES, resourceArns } from './invoke-resources';
import { exampleModel, type Rule, rulePolicy } from './rule';

/** Stands for the Region-less ARN of a foundation model, on which IAM decides calls with `global` routing. */
export const GLOBAL = 'global';

const MODELS = ['foundation-model'];
/** Resource types whose ARN always has a Region. A foundation model may have none, and a system tool never has one. */
const REGIONAL_TYPES = [...PROFILE_TYPES, ...MODEL_TYPES].filter(
  (type) => !['foundation-model', 'system-tool'].includes(type),
);

/** Forbids every invocation outside the Regions. */
export function invocationOutside(regions: readonly string[]): Rule {
  return {
    policy: rulePolicy([
      {
        Effect: 'Allow',
        Action: INVOKE_ACTIONS,
        Resource: [...resourceArns(MODELS), ...resourceArns(REGIONAL_TYPES, '?*')],
      },
      {
        Effect: 'Deny',
        Action: INVOKE_ACTIONS,
        Resource: regions.flatMap((region) =>
          region === GLOBAL ? resourceArns(MODELS, '') : resourceArns([...MODELS, ...REGIONAL_TYPES], region),
        ),
      },
    ]),
    actions: INVOKE_ACTIONS,
    example: exampleModel,
  };
}
