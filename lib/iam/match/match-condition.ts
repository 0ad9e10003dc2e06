import { isMultivalued } from '../../catalog/condition-keys';
import { arnParts, arnPatternParts } from '../policy/arn-parts';
import { asciiLowerCase } from '../policy/ascii-lower-case';
import type { Condition } from '../policy/condition';
import { type Glob, globMatches } from '../policy/glob';
import type { Operator } from '../policy/operator';
import { quote } from '../policy/quote';
import type { ContextKeys } from './context-keys';
import { allOf, anyOf, type Match, not } from './match';
import { matchTemplate } from './match-template';

/**
 * Whether the request meets the condition.
 *
 * An absent key meets a negated operator, IfExists and ForAllValues (IAM User Guide, "IAM JSON policy elements: Condition
 * operators" and "Set operators for multivalued context keys").
 */
export function matchCondition(condition: Condition, keys: ContextKeys): Match {
  const { operator, key, values } = condition;
  const found = keys.get(key);
  if (operator.comparison === 'Null') {
    // A key whose values are all empty is there and has none.
    const none = found === undefined || found.every((text) => text === '');
    return values.some(([wanted]) => wanted === String(none));
  }
  if (found === undefined && operator.set === 'ForAnyValue' && operator.ifExists) {
    return [
      `AWS documents ForAnyValue to fail on an absent key and IfExists to pass, and not what both do on ${quote(key)}`,
    ];
  }
  if (found === undefined) {
    return operator.ifExists || operator.set === 'ForAllValues' || (operator.set === undefined && operator.negated);
  }
  const one = (text: string): Match => {
    const some = anyOf(values, (value) => matchTemplate(value, keys, false, (glob) => compare(operator, glob, text)));
    return operator.negated ? not(some) : some;
  };
  if (operator.set !== undefined && found.includes('')) {
    // Values that resolve to nothing are none: ForAllValues is met and ForAnyValue is not. Of some AWS says nothing.
    return found.every((text) => text === '')
      ? operator.set === 'ForAllValues'
      : [`${quote(key)} has an empty value beside others, which AWS does not document for ${operator.name}`];
  }
  if (operator.set === 'ForAllValues') {
    return allOf(found, one);
  }
  if (operator.set === undefined && isMultivalued(key)) {
    return [`${quote(key)} may have several values and ${operator.name} takes one; use ForAllValues or ForAnyValue`];
  }
  if (operator.set === undefined && found.length > 1) {
    return [
      `${quote(key)} has ${found.length} values in the request and ${operator.name} takes one; use ForAllValues or ForAnyValue`,
    ];
  }
  return anyOf(found, one);
}

function compare(operator: Operator, glob: Glob, text: string): Match {
  switch (operator.comparison) {
    case 'StringEqualsIgnoreCase':
    case 'Bool':
      return equalIgnoringCase(operator, glob.join(''), text);
    case 'ArnLike':
      return compareArn(operator, glob, text);
    default:
      return globMatches(glob, text);
  }
}

function compareArn({ name, negated }: Operator, glob: Glob, text: string): Match {
  const pattern = arnPatternParts(glob);
  const parts = arnParts(text);
  if (pattern === undefined) {
    return [`${name} has a value that is no ARN of six parts once its variables are filled in`];
  }
  if (parts === undefined) {
    return negated ? [`${name} meets ${quote(text)} in the request, which is no ARN`] : false;
  }
  return pattern.every((part, index) => globMatches(part, parts[index] ?? ''));
}

/** AWS documents the case of letters and not of which: beyond ASCII that stays undecided. */
function equalIgnoringCase({ name }: Operator, value: string, text: string): Match {
  const ascii = asciiLowerCase(value) === asciiLowerCase(text);
  const folded = value.toLowerCase() === text.toLowerCase() || value.toUpperCase() === text.toUpperCase();
  return ascii === folded
    ? ascii
    : [`${name} compares ${quote(value)} and ${quote(text)}, which differ in case beyond ASCII`];
}
