import { findModel } from '../../../lib/catalog/catalog';
import { planDecoy, planVerification } from '../../../lib/plan/environment/verification-plan';
import { place, REGIONS } from '../environments';

test('the verification function assumes probe roles, reads aliases, stacks and metrics, and writes its log', () => {
  const role = 'arn:aws:iam::111122223333:role/bedrock-access/dev/probe';
  const parameters = 'arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-access/dev';
  const planned = planVerification(place, 6, 'the decoy');
  const { policy, boundary, ...roleAlone } = planned.role;
  expect({ ...planned, role: roleAlone }).toEqual({
    source: 'verify',
    description: 'Calls every application inference profile as its application would, and what must be denied',
    memoryMegabytes: 512,
    timeoutSeconds: 900,
    functionName: 'dev_verification',
    functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:dev_verification',
    deadLetterArn: 'arn:aws:sqs:us-east-1:111122223333:dev_dead-letters',
    logGroupName: '/aws/lambda/dev_verification',
    schedule: {
      ruleName: 'dev_verification-schedule',
      ruleArn: 'arn:aws:events:us-east-1:111122223333:rule/dev_verification-schedule',
      expression: 'rate(6 hours)',
      input: '{"scheduled":true}',
    },
    role: {
      name: 'dev_verification',
      arn: 'arn:aws:iam::111122223333:role/bedrock-access/dev/dev_verification',
      path: '/bedrock-access/dev/',
      service: 'lambda.amazonaws.com',
      trust: [
        { Sid: 'Lambda', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: ['sts:AssumeRole'] },
      ],
    },
    variables: {
      ENVIRONMENT: 'dev',
      PROBE_ROLE_ARN: `${role}/dev_{application}_probe`,
      POLICIES_PROBE_ROLE_ARN: `${role}/dev_{application}_probe-policies`,
      DECOY_PROFILE_ARN: 'the decoy',
      OWN_STACKS: 'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--*/*',
    },
  });
  const policies = 'arn:aws:iam::111122223333:policy/bedrock-access/dev';
  expect(boundary).toEqual({
    ...policy,
    name: 'dev_verification-boundary',
    arn: `${policies}/dev_verification-boundary`,
  });
  expect(policy).toEqual({
    name: 'dev_verification-access',
    arn: `${policies}/dev_verification-access`,
    statements: [
      { Sid: 'AssumeProbeRoles', Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: [`${role}/*`] },
      {
        Sid: 'ReadAliases',
        Effect: 'Allow',
        Action: ['ssm:GetParametersByPath'],
        Resource: [parameters, `${parameters}/*`],
      },
      {
        Sid: 'ReadOwnStacks',
        Effect: 'Allow',
        Action: ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackResource'],
        Resource: ['arn:aws:cloudformation:us-east-1:111122223333:stack/dev--*/*'],
      },
      {
        Sid: 'ReadMetrics',
        Effect: 'Allow',
        Action: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'],
        Resource: ['*'],
      },
      {
        Sid: 'WriteOwnLog',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: ['arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/dev_verification:*'],
      },
      {
        Sid: 'KeepFailedEvents',
        Effect: 'Allow',
        Action: ['sqs:SendMessage'],
        Resource: ['arn:aws:sqs:us-east-1:111122223333:dev_dead-letters'],
      },
    ],
  });
});

test.each(REGIONS)('the decoy in %s copies from a chat model that can be called there', (region) => {
  const decoy = planDecoy({ ...place, region });
  const model = findModel(decoy.modelId);
  expect({ kind: decoy.kind, alias: decoy.alias, status: model?.lifecycle.status }).toEqual({
    kind: 'chat',
    alias: 'decoy',
    status: 'ACTIVE',
  });
});
