import { accountArn, regionalArn } from '../../catalog/arn';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
import { SIDE_DOORS } from '../../catalog/side-doors';
import { limitFunctionName, type Place, stackName, verificationName } from '../names/names';
import { INVOKE_ACTIONS, type Statement } from '../parts/statement';

/**
 * The permissions boundary of every role this project makes for an application: whatever policies such a role collects
 * later, it calls models through the account's application inference profiles and in no other way.
 *
 * It limits what such a role does itself. A role that is also allowed to create principals elsewhere could make one without
 * a boundary; nothing here allows that. The verification function may become any probe role, and the CDK's stacks keep a
 * service role that may change everything here, so no bounded role may touch either.
 *
 * The second statement denies foundation models alone and never `*`: the profile's own check carries no
 * `bedrock:InferenceProfileArn`, and every call would fail.
 */
export function planBoundary(place: Place): readonly Statement[] {
  const { partition, environment } = place;
  const everywhere = { ...place, region: '*' };
  const profiles = regionalArn(everywhere, 'bedrock', 'application-inference-profile/*');
  const models = foundationModelArn(partition, '*', '*');
  return [
    { Sid: 'TheApplicationsOwnWork', Effect: 'Allow', Action: ['*'], Resource: ['*'] },
    {
      Sid: 'ModelsOnlyThroughApplicationProfiles',
      Effect: 'Deny',
      Action: INVOKE_ACTIONS,
      Resource: [models],
      Condition: { ArnNotLike: { 'bedrock:InferenceProfileArn': profiles } },
    },
    {
      Sid: 'NoOtherWayToAModel',
      Effect: 'Deny',
      Action: INVOKE_ACTIONS,
      NotResource: [models, regionalArn({ ...everywhere, account: '*' }, 'bedrock', 'inference-profile/*'), profiles],
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
        accountArn(place, 'iam', 'role/bedrock-access/*'),
        accountArn(place, 'iam', 'policy/bedrock-access/*'),
      ],
    },
    {
      Sid: 'NoUseOfTheVerification',
      Effect: 'Deny',
      Action: ['lambda:*'],
      // The second lifts denials.
      Resource: [verificationName(environment), limitFunctionName(environment)].flatMap((name) =>
        [name, `${name}:*`].map((end) => regionalArn(everywhere, 'lambda', `function:${end}`)),
      ),
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
      Resource: [regionalArn(everywhere, 'cloudformation', `stack/${stackName(environment, '*')}/*`)],
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
      Resource: [regionalArn(everywhere, 'ssm', 'parameter/bedrock-access/*')],
    },
  ];
}

/**
 * The boundary of the role whose calls must be denied. It keeps that role to calling models and looking aliases up, and
 * says nothing about which, nor by which of the ways that a probe tries: a boundary that did would hide a policy that
 * grants too much.
 */
export const PROBE_BOUNDARY: readonly Statement[] = [
  {
    Sid: 'CallsAndLookupsOfAnyModel',
    Effect: 'Allow',
    Action: [
      ...INVOKE_ACTIONS,
      'bedrock:CallWithBearerToken',
      'bedrock-mantle:CreateInference',
      'bedrock:GetInferenceProfile',
      'bedrock:ApplyGuardrail',
      'ssm:GetParameter',
      'ssm:GetParameters',
      'ssm:GetParametersByPath',
    ],
    Resource: ['*'],
  },
];
