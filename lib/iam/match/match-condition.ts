import { isMultivalued } from '../../catalog/condition-keys';
import { arnParts, arnPatternParts } from '../policy/arn-parts';
import { asciiLowerCase } from '../policy/ascii-lower-case';
import type { Condition } from '../policy/condition';
import { type Glob, globMatches } from '../policy/glob';
import type { Operator } from '../policy/operator';
import { quote } from '../policy/quote';
import { isInRange, isScale, pointOf, SCALE_WORDS, type Scale } from '../policy/scale';
import type { ContextKeys } from './context-keys';
import { allOf, anyOf, type Match, not } from './match';
import { matchTemplate } from './match-template';

/**
 * Decides whether the request meets the condition.
 *
 * An absent key meets a negated operator, IfExists and ForAllValues (IAM User Guide, "IAM JSON policy elements:
 * Condition operators" and "Set operators for multivalued context keys").
 */
export function matchCondition(condition: Condition, keys: ContextKeys): Match {
  const { operator, key, values } = condition;
  const requestValues = keys.get(key);
  if (operator.comparison === 'Null') {
    // The Null operator treats a key whose values are all empty as absent.
    const isAbsent = requestValues === undefined || requestValues.every((text) => text === '');
    return values.some(([expected]) => expected === String(isAbsent));
  }
  if (requestValues === undefined && operator.set === 'ForAnyValue' && operator.ifExists) {
    return [
      `${quote(key)} is absent; AWS documents that ForAnyValue then fails and IfExists passes, but not what they do together`,
    ];
  }
  if (requestValues === undefined) {
    return operator.ifExists || operator.set === 'ForAllValues' || (operator.set === undefined && operator.negated);
  }
  const matchValue = (text: string): Match => {
    const equal = isScale(operator.comparison)
      ? matchRange(condition, operator.comparison, text)
      : anyOf(values, (value) => matchTemplate(value, keys, false, (glob) => compare(operator, glob, text)));
    return operator.negated ? not(equal) : equal;
  };
  if (operator.set !== undefined && requestValues.includes('')) {
    // If all values are empty, ForAllValues is met and ForAnyValue is not. AWS does not document a mix with other
    // values.
    return requestValues.every((text) => text === '')
      ? operator.set === 'ForAllValues'
      : [`${quote(key)} has an empty value among others, which AWS does not document for ${operator.name}`];
  }
  if (operator.set === 'ForAllValues') {
    return allOf(requestValues, matchValue);
  }
  if (operator.set === undefined && isMultivalued(key)) {
    return [
      `${quote(key)} may have several values, but ${operator.name} compares only one; use ForAllValues or ForAnyValue`,
    ];
  }
  if (operator.set === undefined && requestValues.length > 1) {
    return [
      `${quote(key)} has ${requestValues.length} values in the request, but ${operator.name} compares only one; use ForAllValues or ForAnyValue`,
    ];
  }
  return anyOf(requestValues, matchValue);
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

/** Compares a number, a time or an IP address. AWS does not document how other text meets a negated operator. */
function matchRange({ operator: { name, negated }, ranges }: Condition, scale: Scale, text: string): Match {
  const point = pointOf(scale, text);
  if (point === undefined) {
    return (
      negated && [`${name} is compared with ${quote(text)} in the request, which is not ${SCALE_WORDS[scale].name}`]
    );
  }
  return ranges.some((range) => isInRange(range, point));
}

function compareArn({ name, negated }: Operator, glob: Glob, text: string): Match {
  const pattern = arnPatternParts(glob);
  const parts = arnParts(text);
  if (pattern === undefined) {
    return [`${name} has a value that is not an ARN of six parts after its variables are filled in`];
  }
  if (parts === undefined) {
    return negated ? [`${name} is compared with ${quote(text)} in the request, which is not an ARN`] : false;
  }
  return pattern.every((part, index) => globMatches(part, parts[index] ?? ''));
}

/**
 * Compares without regard to case. AWS does not document which letters have a case; beyond ASCII the result is
 * undecided.
 */
function equalIgnoringCase({ name }: Operator, value: string, text: string): Match {
  const ascii = asciiLowerCase(value) === asciiLowerCase(text);
  const folded = value.toLowerCase() === text.toLowerCase() || value.toUpperCase() === text.toUpperCase();
  return ascii === folded
    ? ascii
    : [`${name} compares ${quote(value)} and ${quote(text)}, which differ in the case of letters outside ASCII`];
}
