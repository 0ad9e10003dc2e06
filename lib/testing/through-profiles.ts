import { BEDROCK_ACTIONS } from '../catalog/actions';
import { MODEL_DOORS } from '../catalog/model-doors';
import { INVOKE_ACTIONS, MODEL_TYPES, resourceArns } from './invoke-resources';
import { exampleModel, type Rule, rulePolicy } from './rule';
import { SOME_AGENT } from './sentence';

const PROFILE_KEY = 'bedrock:InferenceProfileArn';

/**
 * Forbids invoking a model except through an application inference profile.
 *
 * The condition key is compared as text, as many policies do. No system-defined profile has this word in its ARN.
 */
export const MODEL_WITHOUT_PROFILE: Rule = {
  policy: rulePolicy([
    { Effect: 'Allow', Action: INVOKE_ACTIONS, Resource: resourceArns(MODEL_TYPES) },
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

const PREFERRED_ACTIONS = [
  'bedrock:InvokeAgent',
  'bedrock:InvokeFlow',
  'bedrock:CallWithBearerToken',
  'bedrock-mantle:CreateInference',
];

/** Actions of Bedrock and of Claude Platform on AWS. What an app does with other services is its own affair. */
const SIDE_DOORS = MODEL_DOORS.filter((action) => /^(bedrock|aws-external-anthropic)/.test(action));

/** Forbids actions that use a model at a cost charged to no profile. */
export const SIDE_DOOR: Rule = {
  policy: rulePolicy([{ Effect: 'Allow', Action: SIDE_DOORS, Resource: ['*'] }]),
  actions: [...PREFERRED_ACTIONS, ...BEDROCK_ACTIONS],
  example: (region, account) => `arn:aws:bedrock:${region}:${account}:${SOME_AGENT}`,
};
