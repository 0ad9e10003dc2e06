import type { Account } from '../../account/account';
import { resolveProfiles } from '../../plan/parts/profile-reference';

/**
 * Puts the account's own ARNs where parts of a plan name profiles. A profile that the account lacks stays named, so that
 * what refers to it equals nothing in the account.
 */
export function accountArns(account: Account): <T>(planned: T) => T {
  const arns = new Map(account.profiles.map((p) => [p.name, p.arn]));
  return (planned) => resolveProfiles(planned, (name) => arns.get(name) ?? `the profile ${name}`);
}
