import { INVOKE_ACTIONS, PROFILE_TYPES, resourceArns } from './invoke-resources';
import { exampleModel, type Rule, rulePolicy } from './rule';

const [INVOKE, STREAM] = INVOKE_ACTIONS;

/** Forbids invoking a model or a profile without being allowed to stream its answer. */
export const WITHOUT_STREAM: Rule = {
  policy: rulePolicy([
    { Effect: 'Allow', Action: [INVOKE], Resource: resourceArns([...PROFILE_TYPES, 'foundation-model']) },
  ]),
  actions: INVOKE_ACTIONS,
  example: exampleModel,
  unlessAllowed: STREAM,
};
