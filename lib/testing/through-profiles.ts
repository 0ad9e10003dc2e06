import { BEDROCK_ACTIONS } from '../catalog/actions';
import { SIDE_DOORS } from '../catalog/side-doors';
import { arnsOf, INVOKE_ACTIONS, MODEL_TYPES } from './invoke-resources';
import { exampleModel, type Rule, rulePolicy } from './rule';
import { SOME_AGENT } from './sentence';

const PROFILE_KEY = 'bedrock:InferenceProfileArn';

/**
 * A model, but through an application inference profile.
 *
 * The value is compared as text: profiles that AWS defines have no such word in their ARNs, and policies that compare
 * text, too, are not taken to allow what is no ARN of Bedrock.
 */
export const MODEL_WITHOUT_PROFILE: Rule = {
  policy: rulePolicy([
    { Effect: 'Allow', Action: INVOKE_ACTIONS, Resource: arnsOf(MODEL_TYPES) },
    {
      Effect: 'Deny',
      Action: INVOKE_ACTIONS,
      Resource: ['*'],
      Condition: { StringLike: { [PROFILE_KEY]: '*application-inference-profile*' } },
    },
  ]),
  actions: INVOKE_ACTIONS,
  example: exampleModel,
};

/** Whatever gets a model to work that no profile is charged for. */
export const SIDE_DOOR: Rule = {
  policy: rulePolicy([{ Effect: 'Allow', Action: SIDE_DOORS, Resource: ['*'] }]),
  actions: ['bedrock:InvokeAgent', 'bedrock:InvokeFlow', 'bedrock:CallWithBearerToken', ...BEDROCK_ACTIONS],
  example: (region, account) => `arn:aws:bedrock:${region}:${account}:${SOME_AGENT}`,
};
