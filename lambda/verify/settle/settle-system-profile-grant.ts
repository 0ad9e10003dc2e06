import type { Alias, Generation } from '../../aliases/alias';
import { decidedBy, type Finding, open, undecidedBy } from './finding';
import { behindProfile, invoke, PROFILE_KEY, systemProfileArn } from './session-policy';
import type { TryNarrowed } from './try-narrowed';

/**
 * Whether a call through an application profile over a geography or `global` needs a grant of the system-defined profile
 * underneath, and with which key.
 *
 * The same call is made under session policies that leave the system-defined profile out, then grant it with the key
 * alone, then without the key alone. The role itself was allowed everything before, so a refusal is the session policy's.
 */
export async function settleSystemProfileGrant(
  alias: Alias,
  generation: Generation,
  attempt: TryNarrowed,
): Promise<Finding> {
  const { profileArn, routing } = generation;
  const system = systemProfileArn(generation);
  if (system === undefined) {
    return open('the profile has no system-defined profile underneath');
  }
  const granted = [invoke(profileArn), ...behindProfile(alias, generation)];

  const without = await attempt(granted);
  if (without.outcome === 'allowed') {
    return decidedBy(
      without,
      `a profile over ${routing} needs no grant of the system profile, and its models are asked for with the application profile's ARN in ${PROFILE_KEY}`,
    );
  }
  const isAsked = `a profile over ${routing} needs a grant of the system profile, which is asked for`;
  if (without.outcome === 'unknown' || without.deniedArn !== system) {
    return undecidedBy(without);
  }
  const withKey = await attempt([...granted, invoke(system, { ArnEquals: { [PROFILE_KEY]: profileArn } })]);
  if (withKey.outcome === 'allowed') {
    return decidedBy(without, `${isAsked} with the application profile's ARN in ${PROFILE_KEY}`);
  }
  if (withKey.outcome === 'unknown' || withKey.deniedArn !== system) {
    return undecidedBy(withKey);
  }
  const withoutKey = await attempt([...granted, invoke(system, { Null: { [PROFILE_KEY]: 'true' } })]);
  if (withoutKey.outcome === 'allowed') {
    return decidedBy(withKey, `${isAsked} without the key ${PROFILE_KEY}`);
  }
  return withoutKey.outcome === 'unknown' || withoutKey.deniedArn !== system
    ? undecidedBy(withoutKey)
    : decidedBy(
        withoutKey,
        `${isAsked} twice, with the application profile's ARN in ${PROFILE_KEY} and without the key`,
      );
}
