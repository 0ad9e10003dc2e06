import { findModel } from '../../../lib/catalog/catalog';
import { application, planOf } from '../environments';

const meterOf = (...arguments_: Parameters<typeof planOf>) =>
  planOf(...arguments_).functions.find(({ source }) => source === 'meter');

test('the meter runs every five minutes, and may read only metrics, quotas and the parameters of every environment', () => {
  const { role, files, ...meter } = meterOf({ shop: application() }) ?? {};
  expect(meter).toEqual({
    source: 'meter',
    description: 'Counts estimated dollars by application, and calls that nobody planned',
    functionName: 'dev_meter',
    functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:dev_meter',
    deadLetterArn: 'arn:aws:sqs:us-east-1:111122223333:dev_dead-letters',
    logGroupName: '/aws/lambda/dev_meter',
    memoryMegabytes: 512,
    timeoutSeconds: 240,
    variables: { ENVIRONMENT: 'dev', EVERY_HOURS: '24', VERIFICATION_RULE: 'dev_verification-schedule' },
    schedule: {
      ruleName: 'dev_meter-schedule',
      ruleArn: 'arn:aws:events:us-east-1:111122223333:rule/dev_meter-schedule',
      expression: 'rate(10 minutes)',
    },
  });
  expect(role?.policy.statements).toEqual([
    {
      Sid: 'ReadAllAliases',
      Effect: 'Allow',
      Action: ['ssm:GetParametersByPath'],
      Resource: [
        'arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-access',
        'arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-access/*',
      ],
    },
    {
      Sid: 'ReadMetrics',
      Effect: 'Allow',
      Action: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'],
      Resource: ['*'],
    },
    {
      Sid: 'ReadQuotas',
      Effect: 'Allow',
      Action: ['servicequotas:ListServiceQuotas'],
      Resource: ['*'],
    },
    {
      Sid: 'WriteOwnLog',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: ['arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/dev_meter:*'],
    },
    {
      Sid: 'KeepFailedEvents',
      Effect: 'Allow',
      Action: ['sqs:SendMessage'],
      Resource: ['arn:aws:sqs:us-east-1:111122223333:dev_dead-letters'],
    },
  ]);
  expect(Object.keys(files ?? {})).toEqual(['prices.json', 'model-names.json']);
});

test('the meter has the prices of every model and routing of the Region, whatever the applications use', () => {
  const pricesIn = (region: string, model: string) =>
    meterOf({ shop: application({ models: { main: { model, routing: 'regional' } } }) }, { region })?.files?.[
      'prices.json'
    ] as Readonly<Record<string, unknown>>;
  const virginia = pricesIn('us-east-1', 'amazon.nova-lite-v1:0');
  expect(pricesIn('us-east-1', 'amazon.nova-micro-v1:0')).toEqual(virginia);
  const { us, global } = findModel('anthropic.claude-sonnet-5')?.prices.routing ?? {};
  expect(virginia).toMatchObject({
    'amazon.nova-lite-v1:0 regional': findModel('amazon.nova-lite-v1:0')?.prices.base,
    'anthropic.claude-sonnet-5 global': global,
    'anthropic.claude-sonnet-5 us': us,
  });
  expect(Object.keys(virginia)).not.toContain('anthropic.claude-sonnet-5 eu');

  const paris = pricesIn('eu-west-3', 'mistral.mistral-large-2402-v1:0');
  expect(paris).toMatchObject({
    'mistral.mistral-large-2402-v1:0 regional': { input: 5.2, output: 15.6 },
    'anthropic.claude-sonnet-5 eu': findModel('anthropic.claude-sonnet-5')?.prices.routing.eu,
  });
});

test('the meter knows how often the verification runs', () => {
  expect(meterOf({ shop: application() }, { verification: { everyHours: 6 } })?.variables['EVERY_HOURS']).toBe('6');
});
