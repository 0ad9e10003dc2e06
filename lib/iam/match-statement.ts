import { globMatches } from './glob';
import { allOf, anyOf, anyOfDecided, type Match, not } from './match';
import { matchCondition } from './match-condition';
import { matchResource } from './match-resource';
import type { ParsedStatement } from './parsed-statement';
import type { PreparedRequest } from './prepared-request';
import type { ResourcePattern } from './resource-pattern';

/**
 * Whether the statement is about the request: its action, its resource and its conditions all match.
 *
 * A statement that certainly does not match for one reason is not undecided for another. One undecided resource leaves it
 * undecided, because it would do so in a statement of its own.
 */
export function matchStatement(
  { actions, resources, conditions }: ParsedStatement,
  { action, resource, keys }: PreparedRequest,
): Match {
  if (actions.patterns.some((glob) => globMatches(glob, action)) === actions.negated) {
    return false;
  }
  const matches = (pattern: ResourcePattern): Match => matchResource(pattern, resource, keys, resources.negated);
  const named = resources.negated ? not(anyOf(resources.patterns, matches)) : anyOfDecided(resources.patterns, matches);
  if (named === false) {
    return false;
  }
  return allOf([named, allOf(conditions, (condition) => matchCondition(condition, keys))], (match) => match);
}
