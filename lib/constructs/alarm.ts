import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { type AlarmPlan, alarmDescription } from '../plan/parts/alarm-plan';
import type { MetricPlan } from '../plan/parts/metric-plan';
import { profileNameFromId } from '../plan/parts/profile-reference';

/**
 * Defines an alarm.
 *
 * @param profileId returns the id that Bedrock will give to the profile with this name
 */
export function alarm(
  scope: Construct,
  id: string,
  plan: AlarmPlan,
  profileId: (profileName: string) => string = unknownProfile,
): CfnAlarm {
  const { measure } = plan;
  const dimensionsOf = ({ dimensions }: MetricPlan): CfnAlarm.DimensionProperty[] =>
    Object.entries(dimensions).map(([name, value]) => {
      const profile = profileNameFromId(value);
      return { name, value: profile === undefined ? value : profileId(profile) };
    });
  return new CfnAlarm(scope, id, {
    alarmName: plan.name,
    alarmDescription: alarmDescription(plan.runbook),
    ...('expression' in measure
      ? {
          metrics: [
            { id: 'result', label: measure.label, expression: measure.expression, returnData: true },
            ...Object.entries(measure.metrics).map(([key, metric]) => ({
              id: key,
              metricStat: {
                metric: { namespace: metric.namespace, metricName: metric.name, dimensions: dimensionsOf(metric) },
                stat: metric.statistic,
                period: plan.periodSeconds,
              },
              returnData: false,
            })),
          ],
        }
      : {
          namespace: measure.namespace,
          metricName: measure.name,
          dimensions: dimensionsOf(measure),
          ...(measure.statistic.startsWith('p')
            ? { extendedStatistic: measure.statistic }
            : { statistic: measure.statistic }),
          period: plan.periodSeconds,
        }),
    comparisonOperator: plan.comparison,
    threshold: plan.threshold,
    evaluationPeriods: plan.evaluationPeriods,
    datapointsToAlarm: plan.datapointsToAlarm,
    treatMissingData: plan.treatMissingData,
    alarmActions: [...plan.actions],
  });
}

function unknownProfile(name: string): never {
  throw new Error(`the alarm reads the profile '${name}', which its stack does not define`);
}
