import { conditionKey } from '../../catalog/condition-keys';
import type { Condition } from '../policy/condition';
import type { ParsedStatement } from '../policy/parsed-statement';
import { isConstant } from '../policy/template';
import type { ContextKeys } from './context-keys';
import { allOf, type Match } from './match';
import { matchCondition } from './match-condition';
import { matchResources } from './match-statement';

/** Whether the statement names the resource, whatever keys the request has. */
export function matchResourceClass(statement: ParsedStatement, resource: string, known: ContextKeys): Match {
  const open = statement.resources.patterns.find(({ whole }) => !isConstant(whole));
  return open === undefined
    ? matchResources(statement, resource, known)
    : [`the resource ${open.text} has a policy variable, which is not decided`];
}

/** Whether the request meets the statement's conditions on one key, whatever its other keys are. */
export function matchKeyClass(
  { conditions }: ParsedStatement,
  key: string,
  value: string | undefined,
  known: ContextKeys,
): Match {
  const keys = known.has(key) || value === undefined ? known : new Map([...known, [key, [value]]]);
  return allOf(
    conditions.filter((c) => c.key === key),
    (condition) => (keys.has(key) ? whyUndecided(condition) : undefined) ?? matchCondition(condition, keys),
  );
}

/** A variable stands for a value of another key, which the classes of this one are not made for. */
export function whyUndecided({ operator, key, values }: Condition): readonly string[] | undefined {
  if (operator.comparison === 'Null') {
    return undefined;
  }
  if (operator.set !== undefined && conditionKey(key) === undefined) {
    return [`${operator.name} on ${key}, which may have several values, is not decided`];
  }
  return values.every(isConstant)
    ? undefined
    : [`a value of ${operator.name} on ${key} has a policy variable, which is not decided`];
}
