import type { AccessPlan } from '../environment/access-plan';
import type { Statement } from '../parts/statement';

/** Alarms and dashboards, and the topics that alarms tell. */
export function watchStatements({ partition, region, account, environment }: AccessPlan): readonly Statement[] {
  return [
    {
      Sid: 'Watch',
      Effect: 'Allow',
      Action: [
        'cloudwatch:PutMetricAlarm',
        'cloudwatch:DescribeAlarms',
        'cloudwatch:DeleteAlarms',
        'cloudwatch:PutDashboard',
        'cloudwatch:GetDashboard',
        'cloudwatch:DeleteDashboards',
        'cloudwatch:TagResource',
        'cloudwatch:UntagResource',
        'cloudwatch:ListTagsForResource',
        'sns:CreateTopic',
        'sns:DeleteTopic',
        'sns:GetTopicAttributes',
        'sns:SetTopicAttributes',
        'sns:GetDataProtectionPolicy',
        'sns:Subscribe',
        'sns:Unsubscribe',
        'sns:ListSubscriptionsByTopic',
        'sns:TagResource',
        'sns:UntagResource',
        'sns:ListTagsForResource',
      ],
      Resource: [
        `arn:${partition}:cloudwatch:${region}:${account}:alarm:${environment}_*`,
        `arn:${partition}:cloudwatch::${account}:dashboard/${environment}_*`,
        `arn:${partition}:sns:${region}:${account}:${environment}_alerts-*`,
      ],
    },
  ];
}
