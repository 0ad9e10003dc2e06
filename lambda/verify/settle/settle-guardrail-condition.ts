import type { Alias, Generation } from '../../aliases/alias';
import { decidedBy, type Finding, undecidedBy, unsettled } from './finding';
import { behindProfile, guardrailIdentifier, invoke, systemProfileArn } from './session-policy';
import type { TryNarrowed } from './try-narrowed';

const KEY = 'bedrock:GuardrailIdentifier';

/**
 * Settles whether the IAM check of an application profile itself includes the guardrail that the call names.
 *
 * The session policy requires the guardrail on the profile only, and nothing on the resources behind it. If IAM denies
 * the documented form of the value, a second call requires only that the key has any value.
 */
export async function settleGuardrailCondition(
  alias: Alias,
  generation: Generation,
  attempt: TryNarrowed,
): Promise<Finding> {
  const { profileArn } = generation;
  const { guardrail } = alias;
  if (guardrail === undefined) {
    return unsettled('the alias has no guardrail');
  }
  const system = systemProfileArn(generation);
  const granted = [...(system === undefined ? [] : [invoke(system)]), ...behindProfile(alias, generation)];
  const form = guardrail.version === 'DRAFT' ? 'ARN' : 'ARN:VERSION';

  const documented = await attempt([
    invoke(profileArn, { StringEquals: { [KEY]: guardrailIdentifier(profileArn, guardrail) } }),
    ...granted,
  ]);
  if (documented.outcome === 'allowed') {
    return decidedBy(
      documented,
      `the check of an application profile has the key ${KEY}, with the value ${form} of the guardrail`,
    );
  }
  if (documented.outcome === 'unknown' || documented.deniedArn !== profileArn) {
    return undecidedBy(documented);
  }
  const anyForm = await attempt([invoke(profileArn, { Null: { [KEY]: 'false' } }), ...granted]);
  if (anyForm.outcome === 'allowed') {
    return decidedBy(
      anyForm,
      `the check of an application profile has the key ${KEY}, with another value than ${form} of the guardrail`,
    );
  }
  return anyForm.outcome === 'denied' && anyForm.deniedArn === profileArn
    ? decidedBy(
        anyForm,
        `the check of an application profile does not have the key ${KEY}: the condition belongs on the models behind it`,
      )
    : undecidedBy(anyForm);
}
