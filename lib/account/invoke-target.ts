import { findModel } from '../catalog/catalog';
import type { FoundationModel } from '../catalog/foundation-model';
import { foundationModelArn } from '../catalog/foundation-model-arn';
import type { Account, InferenceProfile } from './account';
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

/** A `modelId` that stands for nothing in the account. */
export interface UnknownTarget {
  readonly kind: 'unknown';
  /** As Bedrock answers it. */
  readonly error: 'ResourceNotFoundException' | 'ValidationException';
  readonly message: string;
  /**
   * ARN of the application profile that there is not; IAM is asked about it first, since an ARN says enough for that.
   *
   * @default - what is called is no such ARN, and IAM is asked nothing
   */
  readonly profileArn?: string;
}

const unknown = (error: UnknownTarget['error'], message: string): UnknownTarget => ({
  kind: 'unknown',
  error,
  message,
});

const INVALID = unknown('ValidationException', 'The provided model identifier is invalid.');

/** The foundation model of this id, or of this ARN in the account's Region. */
function modelHere({ partition, region }: Account, idOrArn: string): FoundationModel | undefined {
  const prefix = foundationModelArn(partition, region, '');
  return findModel(idOrArn.startsWith(prefix) ? idOrArn.slice(prefix.length) : idOrArn);
}

function applicationProfile(account: Account, arn: string): InvokeTarget | UnknownTarget {
  const profile = account.profiles.find((p) => p.arn === arn);
  if (profile === undefined) {
    return { ...unknown('ResourceNotFoundException', `The inference profile ${arn} was not found.`), profileArn: arn };
  }
  const copied = findSystemProfile(account, profile.copyFrom);
  const model = copied?.model ?? modelHere(account, profile.copyFrom);
  return model === undefined
    ? unknown('ValidationException', `the model behind ${arn} is not known here: it copies from ${profile.copyFrom}`)
    : { kind: 'application-profile', model, profile, ...(copied !== undefined && { copied }) };
}

/**
 * What `modelId` stands for in this account and Region.
 *
 * The ARN of an application profile of another Region is invalid: that Bedrock says so, and not that it finds none, is
 * `unverified`.
 */
export function invokeTarget(account: Account, modelId: string): InvokeTarget | UnknownTarget {
  const [, region] = /^arn:[^:]*:bedrock:([^:]*):[^:]*:application-inference-profile\//.exec(modelId) ?? [];
  if (region !== undefined) {
    return region === account.region ? applicationProfile(account, modelId) : INVALID;
  }
  const profile = findSystemProfile(account, modelId);
  if (profile !== undefined) {
    return { kind: 'system-profile', model: profile.model, profile };
  }
  const model = modelHere(account, modelId);
  return model === undefined ? INVALID : { kind: 'foundation-model', model };
}
