import type { AccessRequest } from '../../lib/iam/match/access-request';
import { matches, matchParts } from './engines/naive';
import { type Engine, KNOWN_DIFFERENCES, type KnownDifference } from './known-differences';
import { lowerCaseKeys, type WrittenCondition, type WrittenStatement, type WrittenText } from './random/written';

/**
 * Finds the first known difference between the engine and lib/iam on which the decision may depend.
 *
 * Statements about other actions do not matter, nor do conditions of statements about other resources.
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
    const first = (texts: readonly WrittenText[], blocks: readonly WrittenCondition[]): KnownDifference | undefined =>
      differences.find(
        ({ condition, text }) =>
          (condition !== undefined && blocks.some((one) => condition({ ...one, requestValues: keys.get(one.key) }))) ||
          (text !== undefined && texts.some((one) => text(one, lookUp))),
      );
    if (first([...resources, ...values], conditions) === undefined) {
      continue;
    }
    const known = current ? keys : undefined;
    const matched = matchParts(statement, request, known);
    // An engine may let wildcards match across colons.
    const resource = matched.resource || resources.some(({ text }) => matches(text, request.resource, 'like', known));
    const difference = matched.action
      ? first([...resources, ...(resource ? values : [])], resource ? conditions : [])
      : undefined;
    if (difference !== undefined) {
      return difference;
    }
  }
  return undefined;
}
