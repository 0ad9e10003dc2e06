import { accountArn, regionalArn } from '../../catalog/arn';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
import { SIDE_DOORS } from '../../catalog/side-doors';
import { limitFunctionName, type Place, stackName, verificationName } from '../names/names';
import { INVOKE_ACTIONS, type Statement } from '../parts/statement';

/**
 * Decides the permissions boundary of every role that this project creates for an application. Whatever policies are
 * attached to such a role later, it can call models only through the account's application inference profiles.
 *
 * The boundary limits the role itself. A role that may also create principals elsewhere could create one without a
 * boundary, but no policy of this project allows that. The verification function may assume every probe role, and the
 * CDK's stacks keep a service role that may change everything here, so the boundary denies all use of the function and
 * all changes of the stacks.
 *
 * The second statement denies only foundation models and not `*`. The check of the profile itself has no
 * `bedrock:InferenceProfileArn`, so with `*` every call would be denied.
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
      // The second function removes denials.
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
 * The permissions boundary of the probe role whose calls must be denied. It limits the role to calls of models and
 * lookups of aliases. It allows every model, and every way to a model that a probe tries. If it denied some of them, it
 * would hide a policy that grants too much.
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
