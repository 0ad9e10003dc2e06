import { destinationRegions } from '../catalog/catalog';
import { foundationModelArn } from '../catalog/foundation-model-arn';
import type { Routing } from '../catalog/routing';
import type { AccessRequest, RequestContext } from '../iam/match/access-request';
import type { Account } from './account';
import type { InvokeTarget } from './invoke-target';
import { resourceTags } from './resource/resource-tags';
import type { SystemProfileReading } from './system-profile-reading';

/**
 * The IAM actions of a call. There is no action `bedrock:Converse`: Converse and InvokeModel share the first action,
 * and their streaming variants share the second.
 */
export type InvokeAction = 'bedrock:InvokeModel' | 'bedrock:InvokeModelWithResponseStream';

/** The guardrail that a call names. */
export interface Guardrail {
  /** ARN without the version. It is the resource when Bedrock checks `bedrock:ApplyGuardrail`. */
  readonly arn: string;
  /** Value of `bedrock:GuardrailIdentifier`: the ARN with `:VERSION`, or without it for DRAFT. */
  readonly identifier: string;
}

/** One call of a model, whose access is to be decided. */
export interface InvokeQuestion {
  readonly account: Account;
  readonly target: InvokeTarget;
  readonly action: InvokeAction;
  readonly reading: SystemProfileReading;
  /**
   * The guardrail that the call names.
   *
   * @default - none: the key `bedrock:GuardrailIdentifier` is absent
   */
  readonly guardrail?: Guardrail;
  /**
   * The service tier that the call names.
   *
   * @default - none: the key `bedrock:ServiceTier` is absent, and the call gets the tier `default`
   */
  readonly tier?: string;
}

const profileContext = (arn: string): RequestContext => ({ 'bedrock:InferenceProfileArn': [arn] });

/** The checks of the underlying system-defined profile: with the key `bedrock:InferenceProfileArn`, or without it. */
const SYSTEM_PROFILE_CHECKS: Readonly<Record<SystemProfileReading, readonly ('without' | 'with')[]>> = {
  unasked: [],
  'without-key': ['without'],
  'with-key': ['with'],
  every: ['without', 'with'],
};

/**
 * Lists the checks that IAM makes for one call, in order. The call is allowed only if every check is allowed.
 *
 * IAM checks the profile, then the foundation model in every Region the call may land in, with the profile's ARN in
 * `bedrock:InferenceProfileArn` (Bedrock User Guide, "Prerequisites for inference profiles"). `aws:RequestedRegion`
 * holds the Region of the checked resource, or `unspecified` for the Region-less model of `global` ("Global
 * cross-Region inference"). The guardrail key is present for models and system-defined profiles. AWS documents no such
 * key for application profiles; the fact `guardrail-condition` of a verification settles whether there is one. AWS lists
 * `bedrock:ServiceTier` for the actions and for no resource in particular, so every check of them is taken to have it.
 */
export function invokeChecks({
  account,
  target,
  action,
  reading,
  guardrail,
  tier,
}: InvokeQuestion): readonly AccessRequest[] {
  const { partition, region } = account;
  const guarded: RequestContext =
    guardrail === undefined ? {} : { 'bedrock:GuardrailIdentifier': [guardrail.identifier] };
  const check = (resource: string, requestedRegion: string, context: RequestContext): AccessRequest => ({
    action,
    resource,
    context: {
      'aws:RequestedRegion': [requestedRegion === '' ? 'unspecified' : requestedRegion],
      ...(tier !== undefined && { 'bedrock:ServiceTier': [tier] }),
      ...context,
    },
  });
  const models = (routing: Routing, key: RequestContext): readonly AccessRequest[] =>
    destinationRegions(target.model, routing, region).map((destination) =>
      check(foundationModelArn(partition, destination, target.model.modelId), destination, { ...guarded, ...key }),
    );
  const guardrailCheck: readonly AccessRequest[] =
    guardrail === undefined
      ? []
      : [
          {
            action: 'bedrock:ApplyGuardrail',
            resource: guardrail.arn,
            context: { 'aws:RequestedRegion': [region] },
          },
        ];

  switch (target.kind) {
    case 'application-profile': {
      const { profile, copiedProfile } = target;
      const key = profileContext(profile.arn);
      const contexts =
        copiedProfile === undefined ? [] : SYSTEM_PROFILE_CHECKS[reading].map((kind) => (kind === 'with' ? key : {}));
      return [
        check(profile.arn, region, resourceTags(profile.tags)),
        ...contexts.map((context) => check(copiedProfile?.arn ?? '', region, { ...guarded, ...context })),
        ...models(copiedProfile?.routing ?? 'regional', key),
        ...guardrailCheck,
      ];
    }
    case 'system-profile': {
      const { arn, routing } = target.profile;
      return [check(arn, region, guarded), ...models(routing, profileContext(arn)), ...guardrailCheck];
    }
    case 'foundation-model':
      return [...models('regional', {}), ...guardrailCheck];
  }
}
