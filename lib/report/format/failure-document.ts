import type { LocatedProblem } from '../../config/problem';
import { document } from './document';

/** Builds the document of a command that cannot do its work. It lists the problems of an invalid environment file. */
export function failureDocument(
  command: string,
  exitCode: 2 | 3,
  failure: { readonly error: { readonly message: string }; readonly problems?: readonly LocatedProblem[] },
) {
  return { ...document(command, exitCode, failure), exitCode };
}
