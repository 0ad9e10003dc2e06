import type { Account } from '../../account/account';
import { resolveProfiles } from '../../plan/parts/profile-reference';

/**
 * Returns a function that replaces the names of profiles in parts of a plan with the account's own ARNs. A profile that
 * the account lacks keeps its name, so a reference to it equals nothing in the account.
 */
export function accountArns(account: Account): <T>(planned: T) => T {
  const arns = new Map(account.profiles.map((p) => [p.name, p.arn]));
  return (planned) => resolveProfiles(planned, (name) => arns.get(name) ?? `the profile ${name}`);
}
