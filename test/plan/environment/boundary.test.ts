import { SIDE_DOORS } from '../../../lib/catalog/side-doors';
import { planBoundary } from '../../../lib/plan/environment/boundary';
import { MAX_POLICY_CHARACTERS, policyDocument } from '../../../lib/plan/parts/statement';
import { place } from '../environments';

const invoke = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
const models = 'arn:aws:bedrock:*::foundation-model/*';
const profiles = 'arn:aws:bedrock:*:111122223333:application-inference-profile/*';

test('the boundary limits a role to calls through application profiles, and to no change of permissions or aliases', () => {
  expect(planBoundary(place)).toEqual([
    { Sid: 'TheApplicationsOwnWork', Effect: 'Allow', Action: ['*'], Resource: ['*'] },
    {
      Sid: 'ModelsOnlyThroughApplicationProfiles',
      Effect: 'Deny',
      Action: invoke,
      Resource: [models],
      Condition: { ArnNotLike: { 'bedrock:InferenceProfileArn': profiles } },
    },
    {
      Sid: 'NoOtherWayToAModel',
      Effect: 'Deny',
      Action: invoke,
      NotResource: [models, 'arn:aws:bedrock:*:*:inference-profile/*', profiles],
    },
    { Sid: 'NoSideDoors', Effect: 'Deny', Action: SIDE_DOORS, Resource: ['*'] },
    {
      Sid: 'NoChangesToProfiles',
      Effect: 'Deny',
      Action: [
        'bedrock:CreateInferenceProfile',
        'bedrock:DeleteInferenceProfile',
        'bedrock:TagResource',
        'bedrock:UntagResource',
      ],
      Resource: [profiles],
    },
    {
      Sid: 'NoNewRights',
      Effect: 'Deny',
      Action: ['iam:*', 'sts:AssumeRole'],
      Resource: [
        'arn:aws:iam::111122223333:role/bedrock-access/*',
        'arn:aws:iam::111122223333:policy/bedrock-access/*',
      ],
    },
    {
      Sid: 'NoUseOfTheVerification',
      Effect: 'Deny',
      Action: ['lambda:*'],
      Resource: [
        'arn:aws:lambda:*:111122223333:function:dev_verification',
        'arn:aws:lambda:*:111122223333:function:dev_verification:*',
        'arn:aws:lambda:*:111122223333:function:dev_limit',
        'arn:aws:lambda:*:111122223333:function:dev_limit:*',
      ],
    },
    {
      Sid: 'NoChangesToStacks',
      Effect: 'Deny',
      Action: [
        'cloudformation:CreateChangeSet',
        'cloudformation:ExecuteChangeSet',
        'cloudformation:UpdateStack',
        'cloudformation:DeleteStack',
        'cloudformation:SetStackPolicy',
        'cloudformation:RollbackStack',
        'cloudformation:ContinueUpdateRollback',
      ],
      Resource: ['arn:aws:cloudformation:*:111122223333:stack/dev--*/*'],
    },
    {
      Sid: 'NoMovingOfAliases',
      Effect: 'Deny',
      Action: [
        'ssm:PutParameter',
        'ssm:DeleteParameter',
        'ssm:DeleteParameters',
        'ssm:LabelParameterVersion',
        'ssm:UnlabelParameterVersion',
      ],
      Resource: ['arn:aws:ssm:*:111122223333:parameter/bedrock-access/*'],
    },
  ]);
});

test('the boundary fits one managed policy', () => {
  expect(JSON.stringify(policyDocument(planBoundary(place))).length).toBeLessThanOrEqual(MAX_POLICY_CHARACTERS);
});
