import { destinationRegions } from '../catalog/catalog';
import { foundationModelArn } from '../catalog/foundation-model-arn';
import type { Routing } from '../catalog/routing';
import type { AccessRequest, RequestContext } from '../iam/match/access-request';
import type { Account } from './account';
import type { InvokeTarget } from './invoke-target';
import { resourceTags } from './resource/resource-tags';
import type { SystemProfileReading } from './system-profile-reading';

/** There is no action `bedrock:Converse`: Converse and InvokeModel are one action, their streams the other. */
export type InvokeAction = 'bedrock:InvokeModel' | 'bedrock:InvokeModelWithResponseStream';

/** The guardrail that a call names. */
export interface Guardrail {
  /** Without version, as `bedrock:ApplyGuardrail` is checked. */
  readonly arn: string;
  /** As `bedrock:GuardrailIdentifier` is compared: with `:VERSION`, but for DRAFT. */
  readonly identifier: string;
}

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
}

const through = (arn: string): RequestContext => ({ 'bedrock:InferenceProfileArn': [arn] });

/** Whether the system-defined profile underneath is asked for without the key, and with it. */
const ASKED: Readonly<Record<SystemProfileReading, readonly ('without' | 'with')[]>> = {
  unasked: [],
  'without-key': ['without'],
  'with-key': ['with'],
  every: ['without', 'with'],
};

/**
 * What Bedrock asks IAM about one call, in order; the call needs every answer to be yes.
 *
 * The profile, then the foundation model in every Region the call may land in, with the profile's ARN in
 * `bedrock:InferenceProfileArn` (Bedrock User Guide, "Prerequisites for inference profiles"). `aws:RequestedRegion` is
 * the Region of what is asked about, `unspecified` for the Region-less model of `global` ("Global cross-Region
 * inference"). A guardrail is a key on models and system-defined profiles; on an application profile AWS documents none
 * (the fact `guardrail-condition` of a verification settles it).
 */
export function invokeChecks({
  account,
  target,
  action,
  reading,
  guardrail,
}: InvokeQuestion): readonly AccessRequest[] {
  const { partition, region } = account;
  const guarded: RequestContext =
    guardrail === undefined ? {} : { 'bedrock:GuardrailIdentifier': [guardrail.identifier] };
  const check = (resource: string, at: string, context: RequestContext): AccessRequest => ({
    action,
    resource,
    context: { 'aws:RequestedRegion': [at === '' ? 'unspecified' : at], ...context },
  });
  const models = (routing: Routing, key: RequestContext): readonly AccessRequest[] =>
    destinationRegions(target.model, routing, region).map((at) =>
      check(foundationModelArn(partition, at, target.model.modelId), at, { ...guarded, ...key }),
    );
  const applied: readonly AccessRequest[] =
    guardrail === undefined ? [] : [{ ...check(guardrail.arn, region, {}), action: 'bedrock:ApplyGuardrail' }];

  switch (target.kind) {
    case 'application-profile': {
      const { profile, copied } = target;
      const key = through(profile.arn);
      const system = copied === undefined ? [] : ASKED[reading].map((asked) => (asked === 'with' ? key : {}));
      return [
        check(profile.arn, region, resourceTags(profile.tags)),
        ...system.map((context) => check(copied?.arn ?? '', region, { ...guarded, ...context })),
        ...models(copied?.routing ?? 'regional', key),
        ...applied,
      ];
    }
    case 'system-profile': {
      const { arn, routing } = target.profile;
      return [check(arn, region, guarded), ...models(routing, through(arn)), ...applied];
    }
    case 'foundation-model':
      return [...models('regional', {}), ...applied];
  }
}
