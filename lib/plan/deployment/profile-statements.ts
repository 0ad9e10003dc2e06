import { regionalArn } from '../../catalog/arn';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
import type { Place } from '../names/names';
import type { Statement } from '../parts/statement';

/**
 * Allows the deployment of application inference profiles. Bedrock assigns their ids, so the statements identify them
 * by the tag `BedrockAccess`, which every profile has from its creation on. The service authorization reference
 * documents `aws:ResourceTag` for profiles. Deleting and untagging require the tag (AWS's own policy
 * AmazonDataZoneBedrockModelManagementPolicy also requires a tag for deletion). Tagging requires it only if the profile
 * already has a value, because a profile that is being created has no tag yet. Creation does not require it, because a
 * profile grants nothing, and AWS does not document whether the handler sends the tags with that request.
 *
 * A profile may copy from any model and any system-defined profile. A list of models would protect nothing, because the
 * role may write the policies that grant them, and every new model would need a new policy. Models of all Regions are
 * allowed, because Bedrock may check every model that a system-defined profile routes to.
 */
export function profileStatements(place: Place): readonly Statement[] {
  const { partition, environment } = place;
  const profiles = regionalArn(place, 'bedrock', 'application-inference-profile/*');
  const tagValues = [environment, `${environment}/*`];
  return [
    {
      Sid: 'CreateProfiles',
      Effect: 'Allow',
      Action: ['bedrock:CreateInferenceProfile'],
      Resource: [
        profiles,
        regionalArn(place, 'bedrock', 'inference-profile/*'),
        foundationModelArn(partition, '*', '*'),
      ],
    },
    {
      Sid: 'ReadProfiles',
      Effect: 'Allow',
      Action: ['bedrock:GetInferenceProfile', 'bedrock:ListTagsForResource'],
      Resource: [profiles],
    },
    {
      Sid: 'TagProfiles',
      Effect: 'Allow',
      Action: ['bedrock:TagResource'],
      Resource: [profiles],
      Condition: { StringLikeIfExists: { 'aws:ResourceTag/BedrockAccess': tagValues } },
    },
    {
      Sid: 'DeleteProfiles',
      Effect: 'Allow',
      Action: ['bedrock:DeleteInferenceProfile', 'bedrock:UntagResource'],
      Resource: [profiles],
      Condition: { StringLike: { 'aws:ResourceTag/BedrockAccess': tagValues } },
    },
  ];
}
