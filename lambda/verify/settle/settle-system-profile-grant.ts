import type { Alias, Generation } from '../../aliases/alias';
import { decidedBy, type Finding, undecidedBy, unsettled } from './finding';
import { behindProfile, invoke, PROFILE_KEY, systemProfileArn } from './session-policy';
import type { TryNarrowed } from './try-narrowed';

/**
 * Settles whether a call through an application profile over a geography or `global` needs a grant of the
 * system-defined profile behind it, and with which condition key.
 *
 * The same call is made under three session policies: without a grant of the system-defined profile, with a grant only
 * if the key is present, and with a grant only if the key is absent. The role itself was allowed the call before, so a
 * denial comes from the session policy.
 */
export async function settleSystemProfileGrant(
  alias: Alias,
  generation: Generation,
  attempt: TryNarrowed,
): Promise<Finding> {
  const { profileArn, routing } = generation;
  const system = systemProfileArn(generation);
  if (system === undefined) {
    return unsettled('the profile is not based on a system-defined profile');
  }
  const granted = [invoke(profileArn), ...behindProfile(alias, generation)];

  const without = await attempt(granted);
  if (without.outcome === 'allowed') {
    return decidedBy(
      without,
      `a profile over ${routing} needs no grant of the system profile, and IAM checks its models with the application profile's ARN in ${PROFILE_KEY}`,
    );
  }
  const isChecked = `a profile over ${routing} needs a grant of the system profile, which IAM checks`;
  if (without.outcome === 'unknown' || without.deniedArn !== system) {
    return undecidedBy(without);
  }
  const withKey = await attempt([...granted, invoke(system, { ArnEquals: { [PROFILE_KEY]: profileArn } })]);
  if (withKey.outcome === 'allowed') {
    return decidedBy(without, `${isChecked} with the application profile's ARN in ${PROFILE_KEY}`);
  }
  if (withKey.outcome === 'unknown' || withKey.deniedArn !== system) {
    return undecidedBy(withKey);
  }
  const withoutKey = await attempt([...granted, invoke(system, { Null: { [PROFILE_KEY]: 'true' } })]);
  if (withoutKey.outcome === 'allowed') {
    return decidedBy(withKey, `${isChecked} without the key ${PROFILE_KEY}`);
  }
  return withoutKey.outcome === 'unknown' || withoutKey.deniedArn !== system
    ? undecidedBy(withoutKey)
    : decidedBy(
        withoutKey,
        `${isChecked} twice, with the application profile's ARN in ${PROFILE_KEY} and without the key`,
      );
}
