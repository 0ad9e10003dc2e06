import type { Account, InferenceProfile } from '../../account/account';
import { findModel } from '../../catalog/catalog';
import type { FoundationModel } from '../../catalog/foundation-model';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
import { AwsError } from '../aws-error';
import { findSystemProfile, type SystemProfile } from './system-profile';

/** What a `modelId` stands for. */
export type InvokeTarget =
  | {
      readonly kind: 'application-profile';
      readonly model: FoundationModel;
      readonly profile: InferenceProfile;
      /** Absent when the profile copies from a foundation model. */
      readonly copied?: SystemProfile;
    }
  | { readonly kind: 'system-profile'; readonly model: FoundationModel; readonly profile: SystemProfile }
  | { readonly kind: 'foundation-model'; readonly model: FoundationModel };

const invalid = (): AwsError => new AwsError(400, 'ValidationException', 'The provided model identifier is invalid.');

/** The foundation model of this id, or of this ARN in the account's Region. */
function modelHere({ partition, region }: Account, idOrArn: string): FoundationModel | undefined {
  const prefix = foundationModelArn(partition, region, '');
  return findModel(idOrArn.startsWith(prefix) ? idOrArn.slice(prefix.length) : idOrArn);
}

function applicationProfile(account: Account, arn: string): InvokeTarget | AwsError {
  const profile = account.profiles.find((p) => p.arn === arn);
  if (profile === undefined) {
    return new AwsError(404, 'ResourceNotFoundException', `The inference profile ${arn} was not found.`);
  }
  const copied = findSystemProfile(account, profile.copyFrom);
  const model = copied?.model ?? modelHere(account, profile.copyFrom);
  return model === undefined
    ? new AwsError(
        400,
        'ValidationException',
        `the sandbox does not know the model behind ${arn}: it copies from ${profile.copyFrom}`,
      )
    : { kind: 'application-profile', model, profile, ...(copied !== undefined && { copied }) };
}

/** What `modelId` stands for in this account, or Bedrock's error. */
export function invokeTarget(account: Account, modelId: string): InvokeTarget | AwsError {
  if (/^arn:[^:]*:bedrock:[^:]*:[^:]*:application-inference-profile\//.test(modelId)) {
    return applicationProfile(account, modelId);
  }
  const profile = findSystemProfile(account, modelId);
  if (profile !== undefined) {
    return { kind: 'system-profile', model: profile.model, profile };
  }
  const model = modelHere(account, modelId);
  return model === undefined ? invalid() : { kind: 'foundation-model', model };
}
