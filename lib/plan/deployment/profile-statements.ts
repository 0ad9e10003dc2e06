import { regionalArn } from '../../catalog/arn';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
import type { Place } from '../names/names';
import type { Statement } from '../parts/statement';

/**
 * Profiles, whose ids Bedrock makes up. Of these the service authorization reference documents `aws:ResourceTag`, and every
 * profile carries `BedrockAccess` from its creation on. Deleting and untagging ask for it (AWS's own
 * AmazonDataZoneBedrockModelManagementPolicy asks for a tag as well when it deletes). Tagging asks for it only where there is
 * one: a profile that is being created has none yet. Creating asks for none: a profile grants nothing, and whether the
 * handler sends the tags with that request is not documented.
 *
 * What a profile copies from is any model and system-defined profile: the role may write the policies that grant them, so
 * a list of models would protect nothing, and every new model would need a new policy. The models are those of any Region,
 * since Bedrock may check every one that a system-defined profile routes to.
 */
export function profileStatements(place: Place): readonly Statement[] {
  const { partition, environment } = place;
  const profiles = regionalArn(place, 'bedrock', 'application-inference-profile/*');
  const ours = [environment, `${environment}/*`];
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
      Condition: { StringLikeIfExists: { 'aws:ResourceTag/BedrockAccess': ours } },
    },
    {
      Sid: 'DeleteProfiles',
      Effect: 'Allow',
      Action: ['bedrock:DeleteInferenceProfile', 'bedrock:UntagResource'],
      Resource: [profiles],
      Condition: { StringLike: { 'aws:ResourceTag/BedrockAccess': ours } },
    },
  ];
}
