import { MODEL_DOORS, SHARED_SETTINGS } from '../../../lib/catalog/model-doors';
import { NAME_LIMITS } from '../../../lib/config/environment-schema';
import { planBoundary } from '../../../lib/plan/environment/boundary';
import { MAX_POLICY_CHARACTERS, policyDocument } from '../../../lib/plan/parts/statement';
import { place } from '../environments';

const invoke = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
const models = 'arn:aws:bedrock:*::foundation-model/*';
const profiles = 'arn:aws:bedrock:*:111122223333:application-inference-profile/*';

test('the boundary limits a role to its own profiles, and to no change of IAM and of this project', () => {
  expect(planBoundary(place)).toEqual([
    {
      Sid: 'TheApplicationsOwnWork',
      Effect: 'Allow',
      NotAction: ['iam:A*', 'iam:C*', 'iam:D*', 'iam:E*', 'iam:Pu*', 'iam:R*', 'iam:Se*', 'iam:T*', 'iam:U*'],
      Resource: ['*'],
    },
    {
      Sid: 'RolesThatServicesMake',
      Effect: 'Allow',
      Action: ['iam:CreateServiceLinkedRole'],
      Resource: ['arn:aws:iam::111122223333:role/aws-service-role/*'],
    },
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
    {
      Sid: 'OwnProfilesOnly',
      Effect: 'Deny',
      Action: invoke,
      Resource: [profiles],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM replaces the variable.
      Condition: { StringNotEquals: { 'aws:ResourceTag/BedrockAccess': '${aws:PrincipalTag/BedrockAccess}' } },
    },
    { Sid: 'NoSideDoors', Effect: 'Deny', Action: MODEL_DOORS, Resource: ['*'] },
    {
      Sid: 'NoChangesToSettings',
      Effect: 'Deny',
      Action: [...SHARED_SETTINGS, 'ce:Delete*', 'ce:Update*', 'logs:*AccountPolicy'],
      Resource: ['*'],
    },
    {
      Sid: 'NoNewRights',
      Effect: 'Deny',
      Action: ['iam:*', 'sts:*'],
      Resource: [
        'arn:aws:iam::111122223333:role/bedrock-access/*',
        'arn:aws:iam::111122223333:policy/bedrock-access/*',
        'arn:aws:iam::111122223333:role/cdk-*-role-111122223333-*',
      ],
    },
    {
      Sid: 'NoUseOfTheProject',
      Effect: 'Deny',
      Action: ['lambda:*', 'logs:*', 'sns:*', 'sqs:*', 'states:*'],
      Resource: [
        'arn:aws:lambda:*:111122223333:function:dev_account-settings',
        'arn:aws:lambda:*:111122223333:function:dev_account-settings:*',
        'arn:aws:lambda:*:111122223333:function:dev_limit',
        'arn:aws:lambda:*:111122223333:function:dev_limit:*',
        'arn:aws:lambda:*:111122223333:function:dev_meter',
        'arn:aws:lambda:*:111122223333:function:dev_meter:*',
        'arn:aws:lambda:*:111122223333:function:dev_verification',
        'arn:aws:lambda:*:111122223333:function:dev_verification:*',
        'arn:aws:logs:*:111122223333:log-group:/bedrock-access/*',
        'arn:aws:sns:*:111122223333:dev_alerts-*',
        'arn:aws:sqs:*:111122223333:dev_dead-letters',
        'arn:aws:states:*:111122223333:stateMachine:dev_verification-batches',
        'arn:aws:states:*:111122223333:execution:dev_verification-batches*',
      ],
    },
    {
      Sid: 'NoChangesToTheProject',
      Effect: 'Deny',
      Action: [
        ...['bedrock:CreateI*', 'bedrock:DeleteI*', 'bedrock:T*', 'bedrock:Unt*'],
        ...['budgets:C*', 'budgets:Del*', 'budgets:E*', 'budgets:M*', 'budgets:T*', 'budgets:U*'],
        ...['cloudformation:C*', 'cloudformation:Del*', 'cloudformation:E*', 'cloudformation:R*'],
        ...['cloudformation:S*', 'cloudformation:T*', 'cloudformation:U*'],
        ...['cloudwatch:Del*', 'cloudwatch:Dis*', 'cloudwatch:E*', 'cloudwatch:P*', 'cloudwatch:S*'],
        ...['cloudwatch:T*', 'cloudwatch:U*'],
        ...['events:Del*', 'events:Dis*', 'events:E*', 'events:P*', 'events:R*', 'events:T*', 'events:U*'],
        ...['logs:As*', 'logs:Del*', 'logs:Dis*', 'logs:PutB*', 'logs:PutD*', 'logs:PutI*', 'logs:PutLogG*'],
        ...['logs:PutM*', 'logs:PutR*', 'logs:PutS*', 'logs:PutT*'],
        ...['ssm:Del*', 'ssm:L*', 'ssm:Pu*', 'ssm:U*'],
        ...['s3:D*', 's3:Put*', 's3:R*', 's3:U*'],
      ],
      Resource: [
        profiles,
        'arn:aws:budgets::111122223333:budget/dev_*',
        'arn:aws:cloudwatch::111122223333:dashboard/dev_*',
        'arn:aws:cloudwatch:*:111122223333:alarm:dev_*',
        'arn:aws:cloudwatch:*:111122223333:alarm-mute-rule:*',
        'arn:aws:events:*:111122223333:rule/dev_*',
        'arn:aws:logs:*:111122223333:log-group:/aws/lambda/dev_*',
        'arn:aws:ssm:*:111122223333:parameter/bedrock-access/*',
        'arn:aws:cloudformation:*:111122223333:stack/*',
        'arn:aws:cloudformation:*:111122223333:stackset/*',
        'arn:aws:s3:::cdk-*-assets-111122223333-*',
      ],
    },
    {
      Sid: 'NoUseOfKeys',
      Effect: 'Deny',
      Action: ['kms:*'],
      Resource: ['arn:aws:kms:*:111122223333:key/*'],
      Condition: { Null: { 'aws:ResourceTag/BedrockAccess': 'false' } },
    },
  ]);
});

test('the boundary of an environment with the longest name fits one managed policy', () => {
  const longest = { ...place, environment: 'e'.repeat(NAME_LIMITS.environment) };
  expect(JSON.stringify(policyDocument(planBoundary(longest))).length).toBeLessThanOrEqual(MAX_POLICY_CHARACTERS);
});

test('no statement of the boundary allows every action of a service, which security tools report', () => {
  for (const statement of planBoundary(place).filter(({ Effect }) => Effect === 'Allow')) {
    const actions = 'Action' in statement ? statement.Action : statement.NotAction;
    expect(actions.filter((action) => action === '*' || action.endsWith(':*'))).toEqual([]);
  }
});
