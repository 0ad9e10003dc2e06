import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { type AlarmPlan, alarmDescription } from '../plan/parts/alarm-plan';
import type { MetricPlan } from '../plan/parts/metric-plan';

/** Defines an alarm. */
export function alarm(scope: Construct, id: string, plan: AlarmPlan): CfnAlarm {
  const { measure } = plan;
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
          statistic: measure.statistic,
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

function dimensionsOf({ dimensions }: MetricPlan): CfnAlarm.DimensionProperty[] {
  return Object.entries(dimensions).map(([name, value]) => ({ name, value }));
}
