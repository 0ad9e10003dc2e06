import { findModel } from '../../lib/catalog/catalog';
import { application, planOf } from './environments';

const meterOf = (...arguments_: Parameters<typeof planOf>) =>
  planOf(...arguments_).functions.find(({ source }) => source === 'meter');

test('the meter runs every five minutes, and reads parameters of its environment and metrics alone', () => {
  const { role, files, ...meter } = meterOf({ shop: application() }) ?? {};
  expect(meter).toEqual({
    source: 'meter',
    description: 'Counts calls, tokens and estimated dollars by application',
    functionName: 'dev_meter',
    functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:dev_meter',
    logGroupName: '/aws/lambda/dev_meter',
    memoryMegabytes: 512,
    timeoutSeconds: 240,
    variables: { ENVIRONMENT: 'dev', EVERY_HOURS: '24' },
    schedule: {
      ruleName: 'dev_meter-schedule',
      ruleArn: 'arn:aws:events:us-east-1:111122223333:rule/dev_meter-schedule',
      expression: 'rate(5 minutes)',
    },
  });
  expect(role?.policy.statements).toEqual([
    {
      Sid: 'ReadAliases',
      Effect: 'Allow',
      Action: ['ssm:GetParametersByPath'],
      Resource: [
        'arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-access/dev',
        'arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-access/dev/*',
      ],
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
      Resource: ['arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/dev_meter:*'],
    },
  ]);
  expect(Object.keys(files ?? {})).toEqual(['prices.json']);
});

test('its prices are those of every generation, by routing, once and sorted', () => {
  const sonnet = { model: 'anthropic.claude-sonnet-4-6', routing: 'us' };
  const models = {
    main: { model: 'anthropic.claude-sonnet-5', routing: 'us', previous: sonnet, serve: 'previous' },
    other: { model: 'anthropic.claude-sonnet-5', routing: 'global' },
    fast: { model: 'amazon.nova-lite-v1:0', routing: 'regional' },
  };
  const files = meterOf({ shop: application({ models }), blog: application({ models: { main: sonnet } }) })?.files;
  const { base } = findModel('amazon.nova-lite-v1:0')?.prices ?? {};
  const { us, global } = findModel('anthropic.claude-sonnet-5')?.prices.routing ?? {};
  expect(Object.entries(files?.['prices.json'] ?? {})).toEqual([
    ['amazon.nova-lite-v1:0 regional', base],
    ['anthropic.claude-sonnet-4-6 us', findModel('anthropic.claude-sonnet-4-6')?.prices.routing.us],
    ['anthropic.claude-sonnet-5 global', global],
    ['anthropic.claude-sonnet-5 us', us],
  ]);
  expect([base, us, global]).not.toContain(undefined);
});

test('the meter knows how often the verification runs', () => {
  expect(meterOf({ shop: application() }, { verification: { everyHours: 6 } })?.variables['EVERY_HOURS']).toBe('6');
});
