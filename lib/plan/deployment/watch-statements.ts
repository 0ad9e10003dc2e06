import { ownActions } from '../../account/types/called-actions';
import { CLOUDWATCH_TYPES } from '../../account/types/cloudwatch';
import { SNS_TYPES } from '../../account/types/sns';
import type { AccessPlan } from '../environment/access-plan';
import type { Statement } from '../parts/statement';

/** Alarms and dashboards, and the topics that alarms tell. */
export function watchStatements({ partition, region, account, environment }: AccessPlan): readonly Statement[] {
  return [
    {
      Sid: 'Watch',
      Effect: 'Allow',
      Action: ownActions(...Object.values(CLOUDWATCH_TYPES), ...Object.values(SNS_TYPES)),
      Resource: [
        `arn:${partition}:cloudwatch:${region}:${account}:alarm:${environment}_*`,
        `arn:${partition}:cloudwatch::${account}:dashboard/${environment}_*`,
        `arn:${partition}:sns:${region}:${account}:${environment}_alerts-*`,
      ],
    },
  ];
}
