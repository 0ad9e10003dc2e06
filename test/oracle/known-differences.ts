// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this

import { matches } from './engines/naive';
import { GLOBAL_KEYS } from './random/condition-keys';
import type { WrittenCondition, WrittenText } from './random/written';

export type Engine = 'naive' | 'iam-simulate' | 'MiniStack';

/** A construct that an engine is known to decide differently. Decisions that depend on it are counted, not compared. */
export interface KnownDifference {
  readonly construct: string;
  readonly engines: readonly Engine[];
  /** The side that follows AWS's documentation. */
  readonly right: 'lib/iam' | 'the engine' | 'nobody can tell';
  readonly source: string;
  readonly sentences: readonly string[];
  /** Returns true when a condition, with the request's values of its key, is the construct. */
  readonly condition?: (
    condition: WrittenCondition & { readonly requestValues: readonly string[] | undefined },
  ) => boolean;
  /** Returns true when a text of a policy is the construct. `lookUp` returns the first value of a key. */
  readonly text?: (text: WrittenText, lookUp: (key: string) => string | undefined) => boolean;
}

const GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const OPERATORS = `${GUIDE}/reference_policies_elements_condition_operators.html`;
const VARIABLES = `${GUIDE}/reference_policies_variables.html`;
const VALUES = `${GUIDE}/reference_policies_condition-single-vs-multi-valued-context-keys.html`;

const SEVERAL = new Set(GLOBAL_KEYS.filter(({ several }) => several).map(({ name }) => name.toLowerCase()));

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    construct: 'a set operator or Null on a key that has only empty values',
    engines: ['iam-simulate', 'MiniStack'],
    right: 'lib/iam',
    source: `${OPERATORS}#Conditions_String`,
    sentences: [
      'The ForAllValues qualifier returns true if there are no context keys in the request or if the context key value resolves to a null dataset, such as an empty string.',
      'For no matching key or a null dataset, the condition returns false.',
      'To prevent missing context keys or context keys with empty values from evaluating to true, you can include the Null condition operator in your policy with a false value to check if the context key exists and its value is not null.',
    ],
    condition: ({ operator, requestValues }) =>
      /^(Null$|For\w+:)/.test(operator) && (requestValues?.every((value) => value === '') ?? false),
  },
  {
    construct: 'a negated operator with a variable that has no value',
    engines: ['iam-simulate'],
    right: 'lib/iam',
    source: `${VARIABLES}#policy-vars-no-value`,
    sentences: ['Inverted condition operators like StringNotEquals or StringNotLike do match against a null value'],
    text: ({ text, operator }, lookUp) =>
      operator?.includes('Not') === true &&
      namesOf(text).some(([key, fallback]) => (lookUp(key) ?? fallback) === undefined),
  },
  {
    construct: 'a multivalued key without a set operator',
    engines: ['iam-simulate'],
    right: 'nobody can tell',
    source: VALUES,
    sentences: ['Multivalued context keys require a condition set operator.'],
    condition: ({ operator, key, requestValues }) =>
      operator !== 'Null' && !operator.includes(':') && SEVERAL.has(key) && requestValues !== undefined,
  },
  {
    construct: 'a multivalued key as a variable',
    engines: ['iam-simulate'],
    right: 'the engine',
    source: VALUES,
    sentences: ['you cannot use a multivalued context key as a policy variable'],
    text: ({ text }) => namesOf(text).some(([key]) => SEVERAL.has(key)),
  },
  {
    construct: 'a variable before the fifth colon of a value of an ARN operator',
    engines: ['iam-simulate'],
    right: 'lib/iam',
    source: `${OPERATORS}#Conditions_ARN`,
    sentences: ['You can use a policy variable with the ARN condition operator.'],
    text: ({ text, operator }) => operator?.includes('Arn') === true && /^(?:[^:$]*:){0,4}[^:$]*\$\{/.test(text),
  },
  {
    construct: 'a variable in a policy of an older version',
    engines: ['iam-simulate'],
    right: 'lib/iam',
    source: `${GUIDE}/reference_policies_elements_version.html`,
    sentences: [
      "For example, variables such as ${aws:username} aren't recognized as variables and are instead treated as literal strings in the policy.",
    ],
    text: ({ text, current }) => !current && text.includes('${'),
  },
  {
    construct: 'an escaped character with an operator that has no wildcards',
    engines: ['iam-simulate'],
    right: 'lib/iam',
    source: VARIABLES,
    sentences: [
      'These predefined policy variables can be used in any string where you can use regular policy variables.',
    ],
    text: ({ text, operator = '' }) => /\$\{[*?$]\}/.test(text) && /String(Not)?Equals/.test(operator),
  },
  {
    construct: 'a variable that is empty, or has an empty default',
    engines: ['iam-simulate'],
    right: 'nobody can tell',
    source: `${VARIABLES}#policy-vars-no-value`,
    sentences: [
      'When policy variables reference a condition context key that has no value or is not present in an authorization context for a request, the value is effectively null.',
    ],
    text: ({ text }, lookUp) => namesOf(text).some(([key, fallback]) => (lookUp(key) ?? fallback) === ''),
  },
  {
    construct: 'a wildcard in the bucket of an S3 resource that has a Region or an account',
    engines: ['iam-simulate'],
    right: 'lib/iam',
    source: `${GUIDE}/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards`,
    sentences: ['You can use multiple * or ? characters in each segment.'],
    text: ({ text, operator }) => operator === undefined && /^arn:[^:]*:s3:(?!::)[^:]*:[^:]*:[^/]*[*?$]/.test(text),
  },
  {
    construct: '? for a character beyond U+FFFF',
    engines: ['iam-simulate'],
    right: 'lib/iam',
    source: `${GUIDE}/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards`,
    sentences: ['any single character with a question mark (?)'],
    condition: ({ operator, values, requestValues = [] }) =>
      operator.includes('Like') &&
      values.some((value) => String(value).includes('?')) &&
      requestValues.some((text) => /[\u{10000}-\u{10ffff}]/u.test(text)),
  },
  {
    construct: 'a policy variable',
    engines: ['MiniStack'],
    right: 'lib/iam',
    source: VARIABLES,
    sentences: [
      'When the policy is evaluated, the policy variables are replaced with values that come from the conditional context keys passed in the request.',
    ],
    text: ({ text, current }) => current && text.includes('${'),
  },
  {
    construct: 'an ARN operator whose wildcard would have to cross a colon',
    engines: ['MiniStack'],
    right: 'lib/iam',
    source: `${OPERATORS}#Conditions_ARN`,
    sentences: ['Each of the six colon-delimited components of the ARN is checked separately'],
    condition: ({ operator, values, requestValues = [] }) =>
      operator.includes('Arn') &&
      requestValues.some((text) =>
        values.some((value) => matches(String(value), text, 'like') !== matches(String(value), text, 'arn')),
      ),
  },
  {
    construct: 'Null with two values',
    engines: ['MiniStack'],
    right: 'lib/iam',
    source: `${GUIDE}/reference_policies_condition-logic-multiple-context-keys-or-values.html`,
    sentences: [
      'If a single condition operator includes multiple values for one key, that condition operator is evaluated using a logical OR.',
    ],
    condition: ({ operator, values }) => operator === 'Null' && values.length > 1,
  },
];

/** Lists the variables in a text, each as its lower-case key and its default. */
function namesOf(text: string): [string, string | undefined][] {
  return [...text.matchAll(/\$\{([^}*?$,]+)(?:, *'([^']*)')?\}/g)].map(([, key = '', fallback]) => [
    key.toLowerCase(),
    fallback,
  ]);
}
