import { globMatches } from '../policy/glob';
import type { ParsedStatement } from '../policy/parsed-statement';
import type { ContextKeys } from './context-keys';
import { allOf, anyOf, anyOfDecided, type Match, not } from './match';
import { matchCondition } from './match-condition';
import { matchResource } from './match-resource';
import type { PreparedRequest } from './prepared-request';

/** Returns true when the statement names the action, which is given in lower case. */
export function matchAction({ actions }: ParsedStatement, action: string): boolean {
  return actions.patterns.some((glob) => globMatches(glob, action)) !== actions.negated;
}

/**
 * Decides whether the statement names the resource.
 *
 * One undecided pattern leaves the answer undecided, even if another pattern matches. So a list of resources gets the
 * same decision as one statement for each of them.
 */
export function matchResources({ resources }: ParsedStatement, resource: string, keys: ContextKeys): Match {
  const { patterns, negated } = resources;
  return negated
    ? not(anyOf(patterns, (pattern) => matchResource(pattern, resource, keys, true)))
    : anyOfDecided(patterns, (pattern) => matchResource(pattern, resource, keys, false));
}

/**
 * Decides whether the statement applies to the request: its action, its resource and its conditions must all match.
 *
 * If one of them certainly does not match, the statement does not apply, even if another one is undecided.
 */
export function matchStatement(statement: ParsedStatement, { action, resource, keys }: PreparedRequest): Match {
  if (!matchAction(statement, action)) {
    return false;
  }
  const resourceMatch = matchResources(statement, resource, keys);
  if (resourceMatch === false) {
    return false;
  }
  return allOf(
    [resourceMatch, allOf(statement.conditions, (condition) => matchCondition(condition, keys))],
    (match) => match,
  );
}
