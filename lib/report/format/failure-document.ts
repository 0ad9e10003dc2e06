import type { LocatedProblem } from '../../config/problem';
import { document } from './document';

/** The document of a command that cannot do its work: with the problems of an environment file that is not valid. */
export function failureDocument(
  command: string,
  exitCode: 2 | 3,
  failure: { readonly error: { readonly message: string }; readonly problems?: readonly LocatedProblem[] },
) {
  return { ...document(command, exitCode, failure), exitCode };
}
