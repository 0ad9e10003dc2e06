import { callWithBotocore } from './botocore';
import type { TestAccount } from './start-account';

type Named = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type Entry = Readonly<Record<string, string>>;

const entries = (account: TestAccount, service: string, operation: string, key: string, parameters = {}) =>
  (callWithBotocore(account, service, operation, parameters)[key] ?? []) as readonly Entry[];
const tagMap = (tags: readonly Entry[]) => Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));

/** Rules of an account under the names of their CloudFormation properties, by name. */
export function rules(account: TestAccount): Named {
  return Object.fromEntries(
    entries(account, 'events', 'list_rules', 'Rules').map(
      ({ Name = '', Arn, Description, ScheduleExpression, State }) => {
        const Targets = entries(account, 'events', 'list_targets_by_rule', 'Targets', { Rule: Name });
        const tags = entries(account, 'events', 'list_tags_for_resource', 'Tags', { ResourceARN: Arn });
        return [Name, { Name, Description, ScheduleExpression, State, Targets, Tags: tagMap(tags) }];
      },
    ),
  );
}

/** Alarms of an account under the names of their CloudFormation properties, by name. */
export function alarms(account: TestAccount): Named {
  return Object.fromEntries(
    entries(account, 'cloudwatch', 'describe_alarms', 'MetricAlarms').map((alarm) => {
      const { AlarmName = '', AlarmArn, AlarmDescription, Namespace, MetricName, Dimensions, Statistic } = alarm;
      const { AlarmActions, Metrics } = alarm;
      const { ComparisonOperator, Threshold, Period, EvaluationPeriods, DatapointsToAlarm, TreatMissingData } = alarm;
      const tags = entries(account, 'cloudwatch', 'list_tags_for_resource', 'Tags', { ResourceARN: AlarmArn });
      return [
        AlarmName,
        {
          ...{ AlarmName, AlarmDescription, Namespace, MetricName, Dimensions, Statistic, ComparisonOperator },
          ...{ Threshold, Period, EvaluationPeriods, DatapointsToAlarm, TreatMissingData, Tags: tagMap(tags) },
          ...{ AlarmActions, Metrics },
        },
      ];
    }),
  );
}
