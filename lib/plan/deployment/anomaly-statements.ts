import { accountArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import type { Statement } from '../parts/statement';

/**
 * Allows the deployment of cost anomaly monitors and their subscription. AWS assigns their ids, so the statements
 * identify them by the tag that they have from their creation on, as with profiles.
 */
export function anomalyStatements(plan: AccessPlan): readonly Statement[] {
  const { environment, billing } = plan;
  const resources = ['anomalymonitor/*', 'anomalysubscription/*'].map((id) => accountArn(plan, 'ce', id));
  const ownTag = { 'aws:ResourceTag/BedrockAccess': [environment] };
  return billing.anomalies === undefined
    ? []
    : [
        {
          // The service authorization reference has no resource type for these actions.
          Sid: 'CreateAnomalies',
          Effect: 'Allow',
          Action: ['ce:CreateAnomalyMonitor', 'ce:CreateAnomalySubscription'],
          Resource: ['*'],
        },
        {
          Sid: 'ReadAnomalies',
          Effect: 'Allow',
          Action: ['ce:GetAnomalyMonitors', 'ce:GetAnomalySubscriptions', 'ce:ListTagsForResource'],
          Resource: resources,
        },
        {
          Sid: 'TagAnomalies',
          Effect: 'Allow',
          Action: ['ce:TagResource'],
          Resource: resources,
          Condition: { StringEqualsIfExists: ownTag },
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
          Resource: resources,
          Condition: { StringEquals: ownTag },
        },
      ];
}
