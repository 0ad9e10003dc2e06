import { findModel } from '../catalog/catalog';
import type { FoundationModel } from '../catalog/foundation-model';
import { foundationModelArn } from '../catalog/foundation-model-arn';
import type { Account, InferenceProfile } from './account';
import { profileWithArn } from './find-profile';
import { findSystemProfile, type SystemProfile } from './system-profile';

/** The profile or model that a `modelId` identifies. */
export type InvokeTarget =
  | {
      readonly kind: 'application-profile';
      readonly model: FoundationModel;
      readonly profile: InferenceProfile;
      /**
       * System-defined profile that the profile copies from.
       *
       * @default - none: the profile copies from a foundation model
       */
      readonly copiedProfile?: SystemProfile;
    }
  | { readonly kind: 'system-profile'; readonly model: FoundationModel; readonly profile: SystemProfile }
  | { readonly kind: 'foundation-model'; readonly model: FoundationModel };

/** A `modelId` that identifies nothing in the account. */
export interface UnknownTarget {
  readonly kind: 'unknown';
  /** Error that Bedrock returns. */
  readonly error: 'ResourceNotFoundException' | 'ValidationException';
  readonly message: string;
  /**
   * ARN of an application profile that does not exist. IAM still checks it first, because the check needs only the ARN.
   *
   * @default - the `modelId` is not the ARN of an application profile, and IAM checks nothing
   */
  readonly profileArn?: string;
}

const unknown = (error: UnknownTarget['error'], message: string): UnknownTarget => ({
  kind: 'unknown',
  error,
  message,
});

const INVALID = unknown('ValidationException', 'The provided model identifier is invalid.');

/** Finds the foundation model with this id, or with this ARN in the account's Region. */
function modelInRegion({ partition, region }: Account, idOrArn: string): FoundationModel | undefined {
  const prefix = foundationModelArn(partition, region, '');
  return findModel(idOrArn.startsWith(prefix) ? idOrArn.slice(prefix.length) : idOrArn);
}

function applicationProfile(account: Account, arn: string): InvokeTarget | UnknownTarget {
  const profile = profileWithArn(account, arn);
  if (profile === undefined) {
    return { ...unknown('ResourceNotFoundException', `The inference profile ${arn} was not found.`), profileArn: arn };
  }
  const copiedProfile = findSystemProfile(account, profile.copyFrom);
  const model = copiedProfile?.model ?? modelInRegion(account, profile.copyFrom);
  return model === undefined
    ? unknown(
        'ValidationException',
        `the profile ${arn} copies from ${profile.copyFrom}, whose model is not in the catalog`,
      )
    : { kind: 'application-profile', model, profile, ...(copiedProfile !== undefined && { copiedProfile }) };
}

/**
 * Finds the profile or model that `modelId` identifies in this account and Region.
 *
 * The ARN of an application profile in another Region gives a `ValidationException`. That Bedrock returns this error
 * and not `ResourceNotFoundException` is `unverified`.
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
  const model = modelInRegion(account, modelId);
  return model === undefined ? INVALID : { kind: 'foundation-model', model };
}
