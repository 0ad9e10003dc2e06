import { arnPatternParts } from './arn-parts';
import { asciiLowerCase } from './ascii-lower-case';
import type { Condition } from './condition';
import { elements } from './elements';
import { type Operator, parseOperator } from './operator';
import { quote } from './quote';
import type { Refuse } from './refuse';
import { isScale, type Range, rangeOf, SCALE_WORDS } from './scale';
import { isConstant, parseTemplate, type Template } from './template';

/**
 * Parses the Condition element, which maps operators to condition keys and these to values.
 *
 * An empty block restricts nothing. IAM accepts it, and the IAM console writes it into trust policies.
 */
export function parseCondition(value: unknown, variables: boolean, refuse: Refuse): readonly Condition[] {
  const operators = elements(value);
  if (operators === undefined) {
    refuse(`Condition is ${quote(value)}; it must be an object of operators`);
    return [];
  }
  return [...operators].flatMap(([name, block]) => {
    const operator = parseOperator(name);
    const keys = elements(block);
    if (operator === undefined) {
      refuse(
        `Condition operator ${quote(name)} is not supported; use a string, ARN, Bool, Null, numeric, date or IP address operator`,
      );
      return [];
    }
    if (keys === undefined) {
      refuse(`Condition.${name} is ${quote(block)}; it must be an object of condition keys`);
      return [];
    }
    return parseKeys(operator, keys, variables, refuse);
  });
}

function parseKeys(
  operator: Operator,
  keys: ReadonlyMap<string, unknown>,
  variables: boolean,
  refuse: Refuse,
): readonly Condition[] {
  const seen = new Set<string>();
  return [...keys].map(([name, value]) => {
    const key = asciiLowerCase(name);
    if (seen.has(key)) {
      refuse(`Condition.${operator.name} has the key ${quote(name)} twice; write its values as one list`);
    }
    if (variables && name.includes('${')) {
      refuse(`Condition.${operator.name} has a variable in the key ${quote(name)}; only values may have variables`);
    }
    seen.add(key);
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (list.length === 0) {
      refuse(`Condition.${operator.name}.${name} is an empty list; list at least one value`);
    }
    const values = list.flatMap((item) => parseValue(operator, item, variables, refuse) ?? []);
    return { operator, key, name, values, ranges: values.flatMap((value) => rangeOfValue(operator, value) ?? []) };
  });
}

function parseValue(
  operator: Operator,
  value: unknown,
  variables: boolean,
  refuse: Refuse,
): readonly Template[] | undefined {
  const { name, comparison, order } = operator;
  const text = valueText(value);
  if (text === undefined) {
    return refuse(`Condition.${name} has the value ${quote(value)}; write it as a string`);
  }
  if (text.includes('{{resolve:')) {
    return refuse(
      `Condition.${name} has the value ${quote(text)}, which is resolved only during deployment; write the value itself`,
    );
  }
  if (comparison === 'Bool' || comparison === 'Null') {
    return /^(?:true|false)$/i.test(text)
      ? [[text.toLowerCase()]]
      : refuse(`Condition.${name} has the value ${quote(value)}; it must be true or false`);
  }
  if (isScale(comparison)) {
    return rangeOf(comparison, order, text) === undefined
      ? refuse(
          `Condition.${name} has the value ${quote(text)}; it must be ${SCALE_WORDS[comparison].name}, such as ${SCALE_WORDS[comparison].example}`,
        )
      : [[text]];
  }
  const template = parseTemplate(text, {
    wildcards: comparison === 'StringLike' || comparison === 'ArnLike',
    variables,
  });
  if (template === undefined) {
    return refuse(`Condition.${name} has a malformed variable in ${quote(text)}; write \${key} or \${key, 'default'}`);
  }
  if (comparison === 'ArnLike' && isConstant(template) && arnPatternParts(template) === undefined) {
    return refuse(`Condition.${name} has the value ${quote(text)}, which is not an ARN of six parts`);
  }
  return [template];
}

function rangeOfValue({ comparison, order }: Operator, value: Template): Range | undefined {
  const [text] = value;
  return isScale(comparison) && typeof text === 'string' ? rangeOf(comparison, order, text) : undefined;
}

/**
 * Returns a value as text, or `undefined` if its text is not certain: a large number may have lost digits when parsed.
 */
function valueText(value: unknown): string | undefined {
  const certain =
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER);
  return certain ? String(value) : undefined;
}
