import { parameterArn } from '../names/arns';
import { type Place, parameterName } from '../names/names';
import type { GenerationPlan } from '../parts/generation-plan';
import { INVOKE_ACTIONS, type Statement } from '../parts/statement';

/** A guardrail that every call has to name. */
export interface GuardrailPlan {
  readonly id: string;
  readonly version: string;
  /** Without version, as `bedrock:ApplyGuardrail` is checked. */
  readonly arn: string;
}

/** Words of a kebab-case name with capitals, for a Sid: letters and digits alone. */
function capitals(name: string): string {
  return name.replace(/(^|-)(.)/g, (_, __, letter: string) => letter.toUpperCase());
}

/**
 * What lets a principal invoke one generation through its profile and in no other way.
 *
 * Bedrock checks the profile, then the foundation model in every Region the call may land in, with the profile's ARN in
 * `bedrock:InferenceProfileArn` (Bedrock User Guide, "Prerequisites for inference profiles"). Whether it also checks the
 * system-defined profile underneath, and with which key, AWS does not document; the fact `system-profile-grant` of a
 * verification settles it. Until then `ArnEqualsIfExists` passes under every reading, and a direct call of the
 * system-defined profile still fails at the foundation model.
 *
 * An embedding model takes no guardrail, so its statements carry no guardrail condition.
 */
export function grantGeneration(
  generation: GenerationPlan,
  guardrail: GuardrailPlan | undefined,
): readonly Statement[] {
  const { profileArn, modelArns, systemProfileArn, kind } = generation;
  const sid = `${capitals(generation.alias)}${generation.generation}`;
  const guarded = guardrail !== undefined && kind === 'chat';
  return [
    {
      Sid: `${sid}Profile`,
      Effect: 'Allow',
      Action: [...INVOKE_ACTIONS, 'bedrock:GetInferenceProfile'],
      Resource: [profileArn],
    },
    {
      Sid: `${sid}Model`,
      Effect: 'Allow',
      Action: INVOKE_ACTIONS,
      Resource: modelArns,
      Condition: {
        ArnEquals: { 'bedrock:InferenceProfileArn': profileArn },
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
            Condition: { ArnEqualsIfExists: { 'bedrock:InferenceProfileArn': profileArn } },
          },
        ]),
  ];
}

/** What an application needs beside its models: the parameters that name them, and its guardrail. */
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
