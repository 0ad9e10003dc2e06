import type { Condition } from '../policy/condition';
import type { ParsedStatement } from '../policy/parsed-statement';
import { isConstant } from '../policy/template';
import type { ContextKeys } from './context-keys';
import { allOf, type Match } from './match';
import { matchCondition } from './match-condition';
import { matchResources } from './match-statement';

/** Decides whether the statement names the resource, whatever condition keys the request has. */
export function matchResourceClass(statement: ParsedStatement, resource: string, known: ContextKeys): Match {
  const withVariable = statement.resources.patterns.find(({ whole }) => !isConstant(whole));
  return withVariable === undefined
    ? matchResources(statement, resource, known)
    : [`the resource ${withVariable.text} has a policy variable, whose value is not known`];
}

/** Decides whether the request meets the statement's conditions on one key, whatever its other keys are. */
export function matchKeyClass(
  { conditions }: ParsedStatement,
  key: string,
  values: readonly string[],
  known: ContextKeys,
): Match {
  const keys = known.has(key) || values.length === 0 ? known : new Map([...known, [key, values]]);
  return allOf(
    conditions.filter((c) => c.key === key),
    (condition) => (keys.has(key) ? whyUndecided(condition) : undefined) ?? matchCondition(condition, keys),
  );
}

/**
 * Returns the reason why a condition cannot be decided from the value of its own key, or `undefined` if it can.
 *
 * A policy variable stands for the value of another key, but the classes of requests are formed for each key alone.
 */
function whyUndecided({ operator, key, values }: Condition): readonly string[] | undefined {
  if (operator.comparison === 'Null') {
    return undefined;
  }
  return values.every(isConstant)
    ? undefined
    : [`a value of ${operator.name} on ${key} has a policy variable, whose value is not known`];
}
