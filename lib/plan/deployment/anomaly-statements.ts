import { accountArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import type { Statement } from '../parts/statement';

/**
 * Cost anomaly monitors and their subscription, whose ids AWS makes up: known by their tag from their creation on, as
 * profiles are.
 */
export function anomalyStatements(plan: AccessPlan): readonly Statement[] {
  const { environment, billing } = plan;
  const ours = ['anomalymonitor/*', 'anomalysubscription/*'].map((id) => accountArn(plan, 'ce', id));
  const tagged = { 'aws:ResourceTag/BedrockAccess': [environment] };
  return billing.anomalies === undefined
    ? []
    : [
        {
          // The service authorization reference has no resource type for them.
          Sid: 'CreateAnomalies',
          Effect: 'Allow',
          Action: ['ce:CreateAnomalyMonitor', 'ce:CreateAnomalySubscription'],
          Resource: ['*'],
        },
        {
          Sid: 'ReadAnomalies',
          Effect: 'Allow',
          Action: ['ce:GetAnomalyMonitors', 'ce:GetAnomalySubscriptions', 'ce:ListTagsForResource'],
          Resource: ours,
        },
        {
          Sid: 'TagAnomalies',
          Effect: 'Allow',
          Action: ['ce:TagResource'],
          Resource: ours,
          Condition: { StringEqualsIfExists: tagged },
        },
        {
          Sid: 'ChangeAnomalies',
          Effect: 'Allow',
          Action: [
            'ce:UpdateAnomalyMonitor',
            'ce:DeleteAnomalyMonitor',
            'ce:UpdateAnomalySubscription',
            'ce:DeleteAnomalySubscription',
          ],
          Resource: ours,
          Condition: { StringEquals: tagged },
        },
      ];
}
