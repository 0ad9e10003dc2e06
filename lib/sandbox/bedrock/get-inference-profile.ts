import type { Account } from '../../account/account';
import { resourceTags } from '../../account/resource/resource-tags';
import { findSystemProfile } from '../../account/system-profile';
import { destinationRegions, findModel } from '../../catalog/catalog';
import type { FoundationModel } from '../../catalog/foundation-model';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
import type { Routing } from '../../catalog/routing';
import { AwsError } from '../aws-error';
import type { Operation } from '../operation';
import type { Reply } from '../transport/reply';

const ACTION = 'bedrock:GetInferenceProfile';

/** Creation time of every profile, because a template does not hold one. */
const CREATED_AT = '2026-01-01T00:00:00.000Z';

function routedModels({ partition, region }: Account, model: FoundationModel, routing: Routing): unknown {
  return destinationRegions(model, routing, region).map((at) => ({
    modelArn: foundationModelArn(partition, at, model.modelId),
  }));
}

function answer(profile: Readonly<Record<string, unknown>>): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...profile, status: 'ACTIVE', createdAt: CREATED_AT, updatedAt: CREATED_AT }),
  };
}

/** Answers GetInferenceProfile for an application profile or a system-defined profile, given by its id or ARN. */
export function getInferenceProfile(operation: Operation, idOrArn: string): Reply {
  const { account } = operation.state;
  const { partition, region } = account;
  const system = findSystemProfile(account, idOrArn);
  if (system !== undefined) {
    operation.authorise('GetInferenceProfile', idOrArn, [{ action: ACTION, resource: system.arn, context: {} }]);
    return answer({
      inferenceProfileName: `${system.routing.toUpperCase()} ${system.model.name}`,
      inferenceProfileArn: system.arn,
      inferenceProfileId: system.id,
      models: routedModels(account, system.model, system.routing),
      type: 'SYSTEM_DEFINED',
    });
  }
  const profile = account.profiles.find(({ id, arn }) => id === idOrArn || arn === idOrArn);
  if (profile === undefined) {
    throw new AwsError(404, 'ResourceNotFoundException', `The inference profile ${idOrArn} was not found.`);
  }
  operation.authorise('GetInferenceProfile', idOrArn, [
    { action: ACTION, resource: profile.arn, context: resourceTags(profile.tags) },
  ]);
  const copied = findSystemProfile(account, profile.copyFrom);
  const model = findModel(profile.copyFrom.slice(foundationModelArn(partition, region, '').length));
  return answer({
    inferenceProfileName: profile.name,
    inferenceProfileArn: profile.arn,
    inferenceProfileId: profile.id,
    models:
      copied !== undefined
        ? routedModels(account, copied.model, copied.routing)
        : model !== undefined
          ? routedModels(account, model, 'regional')
          : [{ modelArn: profile.copyFrom }],
    type: 'APPLICATION',
  });
}
