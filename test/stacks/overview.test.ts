import { measureRun } from '../../lambda/verify/metrics';
import { application, planOf } from '../plan/environments';
import { environmentTemplates, resourcesOf, templatesOf } from './synthesized';

const TAGS = [
  { Key: 'Application', Value: 'bedrock-access' },
  { Key: 'BedrockAccess', Value: 'dev' },
  { Key: 'CostCenter', Value: 'bedrock-access' },
  { Key: 'organization', Value: 'acme' },
  { Key: 'Owner', Value: 'platform@example.com' },
];
const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:dev_verification';
const METER = 'arn:aws:lambda:us-east-1:111122223333:function:dev_meter';
const { Overview: overview = { Resources: {} } } = environmentTemplates('dev');
const resources = Object.entries(overview.Resources).filter(([, { Type }]) => Type !== 'AWS::CDK::Metadata');
const only = (type: string) => resourcesOf({ overview }, type).map(({ Properties }) => Properties);

test('the Overview of dev has only rules, their permissions and alarms', () => {
  expect([...new Set(resources.map(([, { Type }]) => Type))].sort()).toEqual([
    'AWS::CloudWatch::Alarm',
    'AWS::Events::Rule',
    'AWS::Lambda::Permission',
  ]);
});

test('the rule calls the verification once a day and is created after its permission', () => {
  const [rule] = resourcesOf({ overview }, 'AWS::Events::Rule').filter((r) => r.id.includes('Schedule'));
  expect(rule?.Properties).toEqual({
    Name: 'dev_verification-schedule',
    Description: 'Has every access tried',
    ScheduleExpression: 'rate(24 hours)',
    State: 'ENABLED',
    Targets: [{ Id: 'Verification', Arn: FUNCTION, Input: '{"scheduled":true}' }],
    Tags: TAGS,
  });
  expect(rule?.DependsOn).toEqual([expect.stringMatching(/^SchedulePermission/)]);
});

test('the meter is called every ten minutes, with the event that contains the time', () => {
  const rule = resourcesOf({ overview }, 'AWS::Events::Rule').find(
    (r) => r.Properties['Name'] === 'dev_meter-schedule',
  );
  expect(rule?.Properties).toEqual({
    Name: 'dev_meter-schedule',
    Description: 'Counts estimated dollars by application, and calls that nobody planned',
    ScheduleExpression: 'rate(10 minutes)',
    State: 'ENABLED',
    Targets: [{ Id: 'Function', Arn: METER }],
    Tags: TAGS,
  });
  expect(rule?.DependsOn).toEqual([expect.stringMatching(/^CallsmeterPermission/)]);
});

test('only its rule, whose ARN names the account, may call a function', () => {
  expect(only('AWS::Lambda::Permission')).toEqual([
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: FUNCTION,
      Principal: 'events.amazonaws.com',
      SourceArn: 'arn:aws:events:us-east-1:111122223333:rule/dev_verification-schedule',
    },
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: METER,
      Principal: 'events.amazonaws.com',
      SourceArn: 'arn:aws:events:us-east-1:111122223333:rule/dev_meter-schedule',
    },
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: 'arn:aws:lambda:us-east-1:111122223333:function:dev_limit',
      Principal: 'events.amazonaws.com',
      SourceArn: 'arn:aws:events:us-east-1:111122223333:rule/dev_limit-schedule',
    },
  ]);
});

test('the alarm uses the metric that a scheduled run writes, and names the command that shows more', async () => {
  const alarm = only('AWS::CloudWatch::Alarm').find((a) => a['AlarmName'] === 'dev_verification-failed');
  expect(alarm).toEqual({
    AlarmName: 'dev_verification-failed',
    AlarmDescription:
      'Access in dev does not work as intended: the scheduled verification failed. Look at the log group /aws/lambda/dev_verification. Run: npx bedrock-access verify dev',
    Namespace: 'BedrockAccess',
    MetricName: 'ScheduledRunFailed',
    Dimensions: [{ Name: 'Environment', Value: 'dev' }],
    Statistic: 'Maximum',
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 1,
    Period: 3600,
    EvaluationPeriods: 1,
    DatapointsToAlarm: 1,
    TreatMissingData: 'ignore',
    AlarmActions: ['arn:aws:sns:us-east-1:111122223333:dev_alerts-6bfbb1'],
    Tags: TAGS,
  });

  const written: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const clock = { now: () => 0, sleep: async () => {}, random: () => 0, timeLeft: () => 0 };
  await measureRun({ environment: 'dev', scheduled: true }, clock, () => Promise.reject(new Error())).catch(() => {});
  write.mockRestore();
  const [line = ''] = written;
  const { _aws, ...values } = JSON.parse(line);
  const [{ Namespace, Dimensions, Metrics }] = _aws.CloudWatchMetrics;
  expect(Namespace).toBe(alarm?.['Namespace']);
  expect(Metrics.map(({ Name }: { readonly Name: string }) => Name)).toContain(alarm?.['MetricName']);
  expect(Dimensions).toEqual([['Environment']]);
  expect(values).toMatchObject({ Environment: 'dev', ScheduledRunFailed: 1 });
});

test.each([
  [1, 'rate(1 hour)'],
  [2, 'rate(2 hours)'],
  [720, 'rate(720 hours)'],
])('everyHours: %p gives the expression %s', (everyHours, expression) => {
  const templates = templatesOf(planOf({ chat: application() }, { verification: { everyHours } }));
  const rules = resourcesOf(templates, 'AWS::Events::Rule');
  const [rule] = rules.filter(({ Properties }) => Properties['Name'] === 'dev_verification-schedule');
  expect(rule?.Properties['ScheduleExpression']).toBe(expression);
});
