import { arnsOf, INVOKE_ACTIONS, PROFILE_TYPES } from './invoke-resources';
import { exampleModel, type Rule, rulePolicy } from './rule';

const [INVOKE, STREAM] = INVOKE_ACTIONS;

/** A model or a profile that may be invoked, and not with its answer as a stream. */
export const WITHOUT_STREAM: Rule = {
  policy: rulePolicy([{ Effect: 'Allow', Action: [INVOKE], Resource: arnsOf([...PROFILE_TYPES, 'foundation-model']) }]),
  actions: INVOKE_ACTIONS,
  example: exampleModel,
  unlessAllowed: STREAM,
};
