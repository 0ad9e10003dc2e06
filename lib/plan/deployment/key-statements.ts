import { regionalArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import { parameterName } from '../names/names';
import type { Statement } from '../parts/statement';

/**
 * Allows the deployment of KMS keys. KMS assigns their ids, so the statements identify them by the tag that every key
 * has from its creation on. Actions that change a key require this tag. Tagging requires it only if the key already has
 * a value, because a key that is being created has no tag yet. Actions that read a key or enable its rotation do not
 * require it, because KMS may need minutes until a new tag takes effect.
 */
export function keyStatements(plan: AccessPlan): readonly Statement[] {
  const { environment } = plan;
  const keys = regionalArn(plan, 'kms', 'key/*');
  const tag = { 'aws:ResourceTag/BedrockAccess': environment };
  return [
    // Neither action has a resource type in the service authorization reference.
    { Sid: 'CreateKeys', Effect: 'Allow', Action: ['kms:CreateKey', 'kms:ListAliases'], Resource: ['*'] },
    {
      Sid: 'ReadKeys',
      Effect: 'Allow',
      Action: [
        'kms:DescribeKey',
        'kms:GetKeyPolicy',
        'kms:GetKeyRotationStatus',
        'kms:ListResourceTags',
        'kms:EnableKeyRotation',
      ],
      Resource: [keys],
    },
    {
      Sid: 'TagKeys',
      Effect: 'Allow',
      Action: ['kms:TagResource'],
      Resource: [keys],
      Condition: { StringEqualsIfExists: tag },
    },
    {
      Sid: 'ChangeKeys',
      Effect: 'Allow',
      Action: [
        'kms:PutKeyPolicy',
        'kms:UpdateKeyDescription',
        'kms:UntagResource',
        'kms:EnableKey',
        'kms:ScheduleKeyDeletion',
      ],
      Resource: [keys],
      Condition: { StringEquals: tag },
    },
    {
      Sid: 'KeyAliases',
      Effect: 'Allow',
      Action: ['kms:CreateAlias', 'kms:UpdateAlias', 'kms:DeleteAlias'],
      Resource: [keys, regionalArn(plan, 'kms', `alias${parameterName(environment, '*')}`)],
    },
  ];
}
