import type { Path, Problem } from '../problem';

/**
 * Maximum number of characters of all subjects in a trust policy, with their quotes and commas. The rest of the policy
 * counts towards its limit of 2,048 characters too (IAM quotas).
 */
const MAX_SUBJECTS = 1600;

/**
 * Checks that the subjects of tokens fit into one trust policy.
 *
 * @param subjects number of subjects
 * @param characters their length in the policy, each with two quotes and a comma
 * @param remedy what to do when they are too long
 */
export function checkTrustRoom(
  path: Path,
  { subjects, what, characters }: { readonly subjects: number; readonly what: string; readonly characters: number },
  remedy: string,
): readonly Problem[] {
  return characters <= MAX_SUBJECTS
    ? []
    : [{ path, message: `${subjects} ${what} do not fit into one trust policy; ${remedy}` }];
}
