import { destinationRegions, findModel, routingsFrom } from '../../catalog/catalog';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { InferenceProfile } from '../account';
import type { Resource } from '../resource/resource';
import { map, rejectProperty, tags, text } from '../resource/resource-properties';
import { type ActionTargets, on } from './action-target';
import { token } from './generated-name';
import { regionalArn } from './resource-arn';
import type { ResourceType } from './resource-type';

/**
 * Makes up a profile id of twelve letters and digits, as Bedrock does. It depends on the properties whose change
 * replaces the profile, so that a profile keeps its id until it is replaced.
 */
const profileId = (r: Resource): string =>
  token(
    JSON.stringify([r.stack.accountId, r.stack.region, r.property('InferenceProfileName'), r.property('ModelSource')]),
    12,
  );
const profileArn = (r: Resource): string => regionalArn(r, 'bedrock', `application-inference-profile/${profileId(r)}`);

function profile(r: Resource): InferenceProfile {
  const copyFrom = String(map(r, 'ModelSource')['CopyFrom']);
  const modelId = copyFrom.split('/').at(-1) ?? '';
  if (findModel(modelId) === undefined && findModel(modelId.replace(/^[a-z]+\./, '')) === undefined) {
    return rejectProperty(r, 'ModelSource', `'${copyFrom}' is not a model in the catalog`);
  }
  return { arn: profileArn(r), id: profileId(r), name: text(r, 'InferenceProfileName'), copyFrom, tags: tags(r) };
}

/**
 * Resources that IAM may check when a profile is created: the profile, its source, and the models that the source
 * routes to. AWS does not document which of them are checked.
 */
const creationTargets: ActionTargets = (r) => {
  const from = String(map(r, 'ModelSource')['CopyFrom']);
  const [, prefix = '', modelId = ''] = /:inference-profile\/([a-z-]+)\.(.+)$/.exec(from) ?? [];
  const model = findModel(modelId);
  const { region } = r.stack;
  const routing = model && routingsFrom(model, region).find((available) => available === prefix);
  const regions = model && routing ? destinationRegions(model, routing, region) : [];
  return on(
    profileArn(r),
    regionalArn(r, 'bedrock', 'application-inference-profile/*'),
    from,
    ...regions.map((destination) => foundationModelArn(r.partition, destination, modelId)),
  );
};

export const BEDROCK_TYPES = {
  'AWS::Bedrock::ApplicationInferenceProfile': {
    regions: 'own',
    access: 'none',
    read: (r) => ({ profiles: [profile(r)] }),
    names: (r) => [profileArn(r), text(r, 'InferenceProfileName')],
    // AWS documents the value of Ref of a profile only as an "identifier". It is refused rather than guessed.
    standIn: {
      attributes: {
        InferenceProfileArn: profileArn,
        InferenceProfileId: profileId,
        Status: () => 'ACTIVE',
        Type: () => 'APPLICATION',
      },
    },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::Bedrock::ApplicationInferenceProfile'],
    unusedFeatures: [],
    actsOn: {
      itself: (r) => on(profileArn(r)),
      itselfFor: {},
      others: { 'bedrock:CreateInferenceProfile': creationTargets },
    },
    judgedByGate: true,
    charge: 'by use',
  },
} satisfies Readonly<Record<string, ResourceType>>;
