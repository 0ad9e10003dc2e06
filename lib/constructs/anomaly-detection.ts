import { CfnAnomalyMonitor, CfnAnomalySubscription } from 'aws-cdk-lib/aws-ce';
import { Construct } from 'constructs';
import type { AnomalyPlan } from '../plan/environment/anomaly-plan';

/** Monitors of unusual costs, and a subscription that reports them in one e-mail a day. */
export class AnomalyDetection extends Construct {
  constructor(scope: Construct, id: string, { monitors, subscriptionName, address, leastUsd }: AnomalyPlan) {
    super(scope, id);
    const scoped = new Construct(this, 'Monitors');
    const anomalyMonitors = monitors.map(
      ({ name, specification }) =>
        new CfnAnomalyMonitor(scoped, name, {
          monitorName: name,
          monitorType: 'CUSTOM',
          monitorSpecification: JSON.stringify(specification),
        }),
    );
    new CfnAnomalySubscription(this, 'Subscription', {
      subscriptionName,
      // Billing data is a day late, so one e-mail a day is enough. The daily cost alarm reports what must be stopped at
      // once.
      frequency: 'DAILY',
      monitorArnList: anomalyMonitors.map((monitor) => monitor.attrMonitorArn),
      subscribers: [{ type: 'EMAIL', address }],
      thresholdExpression: JSON.stringify({
        Dimensions: {
          Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
          MatchOptions: ['GREATER_THAN_OR_EQUAL'],
          Values: [String(leastUsd)],
        },
      }),
    });
  }
}
