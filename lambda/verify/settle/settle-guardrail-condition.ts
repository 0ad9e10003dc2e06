import type { Alias, Generation } from '../aliases/alias';
import { decidedBy, type Finding, open, undecidedBy } from './finding';
import { behindProfile, guardrailIdentifier, invoke, systemProfileArn } from './session-policy';
import type { TryNarrowed } from './try-narrowed';

const KEY = 'bedrock:GuardrailIdentifier';

/**
 * Whether the check of an application profile itself carries the guardrail that the call names.
 *
 * The session policy asks for the guardrail on the profile alone: what is behind it is free.
 */
export async function settleGuardrailCondition(
  alias: Alias,
  generation: Generation,
  attempt: TryNarrowed,
): Promise<Finding> {
  const { profileArn } = generation;
  const { guardrail } = alias;
  if (guardrail === undefined) {
    return open('the alias has no guardrail');
  }
  const system = systemProfileArn(generation);
  const tried = await attempt([
    invoke(profileArn, { StringEquals: { [KEY]: guardrailIdentifier(profileArn, guardrail) } }),
    ...(system === undefined ? [] : [invoke(system)]),
    ...behindProfile(alias, generation),
  ]);
  if (tried.outcome === 'allowed') {
    return decidedBy(tried, `the check of an application profile carries ${KEY}, with the guardrail's ARN and version`);
  }
  return tried.outcome === 'denied' && tried.deniedArn === profileArn
    ? decidedBy(
        tried,
        `the check of an application profile does not carry ${KEY}: the condition belongs on the models behind it`,
      )
    : undecidedBy(tried);
}
