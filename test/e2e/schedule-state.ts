import { callEachWithBotocore, callWithBotocore } from './botocore';
import type { TestAccount } from './emulator/start-account';

type Named = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type Entry = Readonly<Record<string, string>>;

const entries = (account: TestAccount, service: string, operation: string, key: string, parameters = {}) =>
  (callWithBotocore(account, service, operation, parameters)[key] ?? []) as readonly Entry[];
const tagMap = (tags: unknown = []) =>
  Object.fromEntries((tags as readonly Entry[]).map(({ Key, Value }) => [Key, Value]));

/** Reads the tags of each resource, in the order of the ARNs. */
const tagsOf = (account: TestAccount, service: string, arns: readonly (string | undefined)[]) =>
  callEachWithBotocore(
    account,
    service,
    'list_tags_for_resource',
    arns.map((ResourceARN) => ({ ResourceARN })),
  ).map(({ Tags }) => tagMap(Tags));

/** Reads the rules of an account, keyed by name, with the property names of CloudFormation. */
export function rules(account: TestAccount): Named {
  const found = entries(account, 'events', 'list_rules', 'Rules');
  const targets = callEachWithBotocore(
    account,
    'events',
    'list_targets_by_rule',
    found.map(({ Name: Rule }) => ({ Rule })),
  );
  const tags = tagsOf(
    account,
    'events',
    found.map(({ Arn }) => Arn),
  );
  return Object.fromEntries(
    found.map(({ Name = '', Description, ScheduleExpression, State }, i) => [
      Name,
      { Name, Description, ScheduleExpression, State, Targets: targets[i]?.['Targets'] ?? [], Tags: tags[i] },
    ]),
  );
}

/** Reads the alarms of an account, keyed by name, with the property names of CloudFormation. */
export function alarms(account: TestAccount): Named {
  const found = entries(account, 'cloudwatch', 'describe_alarms', 'MetricAlarms', { MaxRecords: 100 });
  const tags = tagsOf(
    account,
    'cloudwatch',
    found.map(({ AlarmArn }) => AlarmArn),
  );
  return Object.fromEntries(
    found.map((alarm, i) => {
      const { AlarmName = '', AlarmDescription, Namespace, MetricName, Dimensions, Statistic } = alarm;
      const { AlarmActions, Metrics } = alarm;
      const { ComparisonOperator, Threshold, Period, EvaluationPeriods, DatapointsToAlarm, TreatMissingData } = alarm;
      return [
        AlarmName,
        {
          ...{ AlarmName, AlarmDescription, Namespace, MetricName, Dimensions, Statistic, ComparisonOperator },
          ...{ Threshold, Period, EvaluationPeriods, DatapointsToAlarm, TreatMissingData, Tags: tags[i] },
          ...{ AlarmActions, Metrics },
        },
      ];
    }),
  );
}
