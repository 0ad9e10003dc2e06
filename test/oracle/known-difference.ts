import type { AccessRequest } from '../../lib/iam/match/access-request';
import { isAbout, matches } from './engines/naive';
import { type Engine, KNOWN_DIFFERENCES, type KnownDifference } from './known-differences';
import { lowerCaseKeys, type WrittenCondition, type WrittenStatement, type WrittenText } from './random/written';

/**
 * The first known difference between the engine and lib/iam on which the decision could depend.
 *
 * A statement about other actions does not matter, and conditions of one about other resources do not.
 */
export function knownDifference(
  engine: Engine,
  statements: readonly WrittenStatement[],
  request: AccessRequest,
): KnownDifference | undefined {
  const differences = KNOWN_DIFFERENCES.filter(({ engines }) => engines.includes(engine));
  const keys = lowerCaseKeys(request);
  const lookUp = (key: string): string | undefined => keys.get(key.toLowerCase())?.[0];
  for (const { statement, current, conditions, resources, values } of statements) {
    const first = (texts: readonly WrittenText[], asked: readonly WrittenCondition[]): KnownDifference | undefined =>
      differences.find(
        ({ condition, text }) =>
          (condition !== undefined && asked.some((one) => condition({ ...one, found: keys.get(one.key) }))) ||
          (text !== undefined && texts.some((one) => text(one, lookUp))),
      );
    if (first([...resources, ...values], conditions) === undefined) {
      continue;
    }
    const known = current ? keys : undefined;
    const about = isAbout(statement, request, known);
    // An engine may let wildcards cross colons.
    const resource = about.resource || resources.some(({ text }) => matches(text, request.resource, 'like', known));
    const found = about.action
      ? first([...resources, ...(resource ? values : [])], resource ? conditions : [])
      : undefined;
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
