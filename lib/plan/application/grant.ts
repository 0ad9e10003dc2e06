import type { ServiceTier } from '../../../lambda/aliases/service-tiers';
import { parameterArn } from '../names/arns';
import { type Place, parameterName } from '../names/names';
import type { GenerationPlan } from '../parts/generation-plan';
import { pascalCase } from '../parts/pascal-case';
import { INVOKE_ACTIONS, type Statement } from '../parts/statement';

/** A guardrail that every call must name. */
export interface GuardrailPlan {
  readonly id: string;
  readonly version: string;
  /** ARN without the version. It is the resource when Bedrock checks `bedrock:ApplyGuardrail`. */
  readonly arn: string;
}

/**
 * Returns the statements that let a principal invoke one generation through its profile and in no other way.
 *
 * IAM checks the profile, then the foundation model in every Region the call may land in, with the profile's ARN in
 * `bedrock:InferenceProfileArn` (Bedrock User Guide, "Prerequisites for inference profiles"). AWS does not document
 * whether IAM also checks the system-defined profile that the profile copies from, and with which key. The fact
 * `system-profile-grant` of a verification settles this. Until then `ArnEqualsIfExists` matches in every case, and a
 * direct call of the system-defined profile is still denied at the foundation model.
 *
 * An embedding model takes no guardrail, so its statements have no guardrail condition.
 *
 * Every statement admits the service tiers of the file and requests that name none
 * (`docs/decisions/service-tiers.md`). AWS does not document which of the checks have the key.
 */
export function grantGeneration(
  generation: GenerationPlan,
  guardrail: GuardrailPlan | undefined,
  tiers: readonly ServiceTier[],
): readonly Statement[] {
  const { profileArn, modelArns, systemProfileArn, kind } = generation;
  const sid = `${pascalCase(generation.alias)}${generation.generation}`;
  const guarded = guardrail !== undefined && kind === 'chat';
  const ofTiers = { StringEqualsIfExists: { 'bedrock:ServiceTier': tiers } };
  return [
    {
      Sid: `${sid}Profile`,
      Effect: 'Allow',
      Action: [...INVOKE_ACTIONS, 'bedrock:GetInferenceProfile'],
      Resource: [profileArn],
      Condition: ofTiers,
    },
    {
      Sid: `${sid}Model`,
      Effect: 'Allow',
      Action: INVOKE_ACTIONS,
      Resource: modelArns,
      Condition: {
        ArnEquals: { 'bedrock:InferenceProfileArn': profileArn },
        ...ofTiers,
        ...(guarded && { StringEquals: { 'bedrock:GuardrailIdentifier': `${guardrail.arn}:${guardrail.version}` } }),
      },
    },
    ...(systemProfileArn === undefined
      ? []
      : [
          {
            Sid: `${sid}SystemProfile`,
            Effect: 'Allow' as const,
            Action: INVOKE_ACTIONS,
            Resource: [systemProfileArn],
            Condition: { ArnEqualsIfExists: { 'bedrock:InferenceProfileArn': profileArn }, ...ofTiers },
          },
        ]),
  ];
}

/** Returns the statements for reading an application's alias parameters and applying its guardrail. */
export function grantLookup(
  place: Place,
  application: string,
  guardrail: GuardrailPlan | undefined,
): readonly Statement[] {
  const parameters = parameterArn(place, parameterName(place.environment, application));
  return [
    {
      Sid: 'ReadAliases',
      Effect: 'Allow',
      Action: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
      Resource: [parameters, `${parameters}/*`],
    },
    ...(guardrail === undefined
      ? []
      : [
          {
            Sid: 'ApplyGuardrail',
            Effect: 'Allow' as const,
            Action: ['bedrock:ApplyGuardrail'],
            Resource: [guardrail.arn],
          },
        ]),
  ];
}
