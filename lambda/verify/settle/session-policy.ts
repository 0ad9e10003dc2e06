import type { Alias, Generation } from '../../aliases/alias';
import { INVOKE_ACTIONS } from '../invoke-actions';

/** A statement of a session policy: what a session may do at most of that which its role may do. */
export interface SessionStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const PROFILE_KEY = 'bedrock:InferenceProfileArn';

/** The ARN of something of Bedrock that is in the account and Region of a profile. */
function besideProfile(profileArn: string, resource: string): string {
  return [...profileArn.split(':').slice(0, 5), resource].join(':');
}

/** The ARN of the system-defined profile under a generation's, or `undefined` where there is none. */
export function systemProfileArn({ profileArn, systemProfileId, routing }: Generation): string | undefined {
  return systemProfileId === undefined || routing === 'regional'
    ? undefined
    : besideProfile(profileArn, `inference-profile/${systemProfileId}`);
}

/** The guardrail as `bedrock:GuardrailIdentifier` holds it: with its version, but for DRAFT. */
export function guardrailIdentifier(profileArn: string, { id, version }: NonNullable<Alias['guardrail']>): string {
  const arn = besideProfile(profileArn, `guardrail/${id}`);
  return version === 'DRAFT' ? arn : `${arn}:${version}`;
}

export function invoke(
  Resource: SessionStatement['Resource'],
  Condition?: SessionStatement['Condition'],
): SessionStatement {
  return { Effect: 'Allow', Action: INVOKE_ACTIONS, Resource, ...(Condition !== undefined && { Condition }) };
}

/** What a call through a profile asks for behind it, without the system-defined profile: its models, its guardrail. */
export function behindProfile({ guardrail }: Alias, generation: Generation): readonly SessionStatement[] {
  const { profileArn, modelId, routing } = generation;
  const [, partition] = profileArn.split(':');
  const modelIn = (region: string): string => `arn:${partition}:bedrock:${region}::foundation-model/${modelId}`;
  return [
    // The profile fixes the Regions; that of `global` has a model in none.
    invoke([modelIn('*'), ...(routing === 'global' ? [modelIn('')] : [])], {
      ArnEquals: { [PROFILE_KEY]: profileArn },
    }),
    ...(guardrail === undefined
      ? []
      : [
          {
            Effect: 'Allow' as const,
            Action: ['bedrock:ApplyGuardrail'],
            Resource: besideProfile(profileArn, `guardrail/${guardrail.id}`),
          },
        ]),
  ];
}
