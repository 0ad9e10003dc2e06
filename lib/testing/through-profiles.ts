import { BEDROCK_ACTIONS } from '../catalog/actions';
import { SIDE_DOORS } from '../catalog/side-doors';
import { arnsOf, INVOKE_ACTIONS, MODEL_TYPES } from './invoke-resources';
import { exampleModel, type Rule, rulePolicy } from './rule';
import { SOME_AGENT } from './sentence';

const PROFILE_KEY = 'bedrock:InferenceProfileArn';

/**
 * A model, but through an application inference profile.
 *
 * The key is compared as text, as many policies do: no profile that AWS defines has this word in its ARN.
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

const TELLING = [
  'bedrock:InvokeAgent',
  'bedrock:InvokeFlow',
  'bedrock:CallWithBearerToken',
  'bedrock-mantle:CreateInference',
];

/** Whatever gets a model to work that no profile is charged for. */
export const SIDE_DOOR: Rule = {
  policy: rulePolicy([{ Effect: 'Allow', Action: SIDE_DOORS, Resource: ['*'] }]),
  actions: [...TELLING, ...BEDROCK_ACTIONS],
  example: (region, account) => `arn:aws:bedrock:${region}:${account}:${SOME_AGENT}`,
};
