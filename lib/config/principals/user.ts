import type { Path, Problem } from '../problem';
import { text } from '../text-schema';
import { ofKind } from './of-kind';

/** An existing IAM user of this account. */
export const user = ofKind('user', {
  user: text(/^[\w+=,.@-]{1,64}$/, 'the name of an existing IAM user, without its path'),
});

export function checkUser(path: Path, user: string): readonly Problem[] {
  return [
    {
      path,
      severity: 'warning',
      message: `the IAM user '${user}' has keys that do not expire and has no permissions boundary; prefer role: or github:`,
    },
  ];
}
