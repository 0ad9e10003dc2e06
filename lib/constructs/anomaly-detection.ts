import { CfnAnomalyMonitor, CfnAnomalySubscription } from 'aws-cdk-lib/aws-ce';
import { Construct } from 'constructs';
import type { AnomalyPlan } from '../plan/environment/anomaly-plan';

/** Monitors of unusual costs, and one mail a day that tells of them. */
export class AnomalyDetection extends Construct {
  constructor(scope: Construct, id: string, { monitors, subscriptionName, address, leastUsd }: AnomalyPlan) {
    super(scope, id);
    const scoped = new Construct(this, 'Monitors');
    const made = monitors.map(
      ({ name, specification }) =>
        new CfnAnomalyMonitor(scoped, name, {
          monitorName: name,
          monitorType: 'CUSTOM',
          monitorSpecification: JSON.stringify(specification),
        }),
    );
    new CfnAnomalySubscription(this, 'Subscription', {
      subscriptionName,
      // A mail a day: billing itself is a day late, and what has to be stopped at once the alarm on dollars tells.
      frequency: 'DAILY',
      monitorArnList: made.map((monitor) => monitor.attrMonitorArn),
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
