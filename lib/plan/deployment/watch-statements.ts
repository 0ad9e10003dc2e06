import { ownActions } from '../../account/types/called-actions';
import { CLOUDWATCH_TYPES } from '../../account/types/cloudwatch';
import { SNS_TYPES } from '../../account/types/sns';
import { SQS_TYPES } from '../../account/types/sqs';
import { accountArn, regionalArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import type { Statement } from '../parts/statement';

/** Allows the deployment of alarms, dashboards, the topics that alarms notify, and the queue of failed events. */
export function watchStatements(plan: AccessPlan): readonly Statement[] {
  const { environment } = plan;
  return [
    {
      Sid: 'Watch',
      Effect: 'Allow',
      Action: ownActions(...Object.values(CLOUDWATCH_TYPES), ...Object.values(SNS_TYPES), ...Object.values(SQS_TYPES)),
      Resource: [
        regionalArn(plan, 'cloudwatch', `alarm:${environment}_*`),
        accountArn(plan, 'cloudwatch', `dashboard/${environment}_*`),
        regionalArn(plan, 'sns', `${environment}_alerts-*`),
        plan.deadLetters.arn,
      ],
    },
  ];
}
