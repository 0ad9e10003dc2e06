import { globMatches } from '../policy/glob';
import type { ParsedStatement } from '../policy/parsed-statement';
import type { ResourcePattern } from '../policy/resource-pattern';
import type { ContextKeys } from './context-keys';
import { allOf, anyOf, anyOfDecided, type Match, not } from './match';
import { matchCondition } from './match-condition';
import { matchResource } from './match-resource';
import type { PreparedRequest } from './prepared-request';

/** Whether the statement names the action, given in lower case. */
export function matchAction({ actions }: ParsedStatement, action: string): boolean {
  return actions.patterns.some((glob) => globMatches(glob, action)) !== actions.negated;
}

/** Whether the statement names the resource. One undecided resource leaves it undecided: alone it would do so too. */
export function matchResources({ resources }: ParsedStatement, resource: string, keys: ContextKeys): Match {
  const matches = (pattern: ResourcePattern): Match => matchResource(pattern, resource, keys, resources.negated);
  return resources.negated ? not(anyOf(resources.patterns, matches)) : anyOfDecided(resources.patterns, matches);
}

/**
 * Whether the statement is about the request: its action, its resource and its conditions all match.
 *
 * A statement that certainly does not match for one reason is not undecided for another.
 */
export function matchStatement(statement: ParsedStatement, { action, resource, keys }: PreparedRequest): Match {
  if (!matchAction(statement, action)) {
    return false;
  }
  const named = matchResources(statement, resource, keys);
  if (named === false) {
    return false;
  }
  return allOf([named, allOf(statement.conditions, (condition) => matchCondition(condition, keys))], (match) => match);
}
