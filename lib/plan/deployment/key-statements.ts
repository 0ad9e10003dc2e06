import { regionalArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import { parameterName } from '../names/names';
import type { Statement } from '../parts/statement';

/**
 * Keys, whose ids KMS makes up. What changes a key asks for the tag that every key carries from its creation on; tagging asks
 * for it only where there is one, since a key that is being created has none yet. What reads a key, or has it rotated, asks
 * for none: KMS may take minutes to see a new tag.
 */
export function keyStatements(plan: AccessPlan): readonly Statement[] {
  const { environment } = plan;
  const keys = regionalArn(plan, 'kms', 'key/*');
  const tag = { 'aws:ResourceTag/BedrockAccess': environment };
  return [
    // Neither has a resource type in the service authorization reference.
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
