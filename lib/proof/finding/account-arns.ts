import type { Account } from '../../account/account';
import { profileNamed } from '../../account/find-profile';
import { resolveProfiles } from '../../plan/parts/profile-reference';

/**
 * Returns a function that replaces the names of profiles in parts of a plan with the account's own ARNs. A profile that
 * the account lacks keeps its name, so a reference to it equals nothing in the account.
 */
export function accountArns(account: Account): <T>(planned: T) => T {
  return (planned) => resolveProfiles(planned, (name) => profileNamed(account, name)?.arn ?? `the profile ${name}`);
}
