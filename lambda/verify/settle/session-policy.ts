import type { Alias, Generation } from '../../aliases/alias';
import { INVOKE_ACTIONS } from '../invoke-actions';

/** A statement of a session policy, which limits the permissions of a session to a part of its role's. */
export interface SessionStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const PROFILE_KEY = 'bedrock:InferenceProfileArn';

/** Returns the ARN of a Bedrock resource in the account and Region of a profile. */
function bedrockArn(profileArn: string, resource: string): string {
  return [...profileArn.split(':').slice(0, 5), resource].join(':');
}

/**
 * Returns the ARN of the system-defined profile that a generation's profile is based on, or `undefined` if there is
 * none.
 */
export function systemProfileArn({ profileArn, systemProfileId, routing }: Generation): string | undefined {
  return systemProfileId === undefined || routing === 'regional'
    ? undefined
    : bedrockArn(profileArn, `inference-profile/${systemProfileId}`);
}

/**
 * Returns the value of `bedrock:GuardrailIdentifier` for a guardrail: its ARN, with the version unless that is DRAFT.
 */
export function guardrailIdentifier(profileArn: string, { id, version }: NonNullable<Alias['guardrail']>): string {
  const arn = bedrockArn(profileArn, `guardrail/${id}`);
  return version === 'DRAFT' ? arn : `${arn}:${version}`;
}

export function invoke(
  Resource: SessionStatement['Resource'],
  Condition?: SessionStatement['Condition'],
): SessionStatement {
  return { Effect: 'Allow', Action: INVOKE_ACTIONS, Resource, ...(Condition !== undefined && { Condition }) };
}

/**
 * Returns the statements for the models and the guardrail of a call through a profile, without the system-defined
 * profile.
 */
export function behindProfile({ guardrail }: Alias, generation: Generation): readonly SessionStatement[] {
  const { profileArn, modelId, routing } = generation;
  const [, partition] = profileArn.split(':');
  const modelIn = (region: string): string => `arn:${partition}:bedrock:${region}::foundation-model/${modelId}`;
  return [
    // The profile determines the Regions. The model of a `global` profile also has an ARN without a Region.
    invoke([modelIn('*'), ...(routing === 'global' ? [modelIn('')] : [])], {
      ArnEquals: { [PROFILE_KEY]: profileArn },
    }),
    ...(guardrail === undefined
      ? []
      : [
          {
            Effect: 'Allow' as const,
            Action: ['bedrock:ApplyGuardrail'],
            Resource: bedrockArn(profileArn, `guardrail/${guardrail.id}`),
          },
        ]),
  ];
}
