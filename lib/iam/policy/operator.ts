/** Ways of comparing one value of a policy with one value of the request. */
export type Comparison = 'StringEquals' | 'StringEqualsIgnoreCase' | 'StringLike' | 'ArnLike' | 'Bool' | 'Null';

/** The parts of a condition operator. */
export interface Operator {
  /** The operator as written in the policy. */
  readonly name: string;
  readonly comparison: Comparison;
  /** True if the condition is met when no value matches, instead of when one does. */
  readonly negated: boolean;
  /** True if an absent key meets the condition. */
  readonly ifExists: boolean;
  /**
   * Set operator, which compares a key that has any number of values.
   *
   * @default - the key must have one value
   */
  readonly set?: 'ForAllValues' | 'ForAnyValue';
}

const PLAIN: ReadonlyMap<string, { readonly comparison: Comparison; readonly negated: boolean }> = new Map([
  ['StringEquals', { comparison: 'StringEquals', negated: false }],
  ['StringNotEquals', { comparison: 'StringEquals', negated: true }],
  ['StringEqualsIgnoreCase', { comparison: 'StringEqualsIgnoreCase', negated: false }],
  ['StringNotEqualsIgnoreCase', { comparison: 'StringEqualsIgnoreCase', negated: true }],
  ['StringLike', { comparison: 'StringLike', negated: false }],
  ['StringNotLike', { comparison: 'StringLike', negated: true }],
  ['ArnEquals', { comparison: 'ArnLike', negated: false }],
  ['ArnLike', { comparison: 'ArnLike', negated: false }],
  ['ArnNotEquals', { comparison: 'ArnLike', negated: true }],
  ['ArnNotLike', { comparison: 'ArnLike', negated: true }],
  ['Bool', { comparison: 'Bool', negated: false }],
]);

/**
 * Splits an operator into its parts. Returns `undefined` for the operators that are not implemented: numeric, date, IP
 * address and binary.
 *
 * ArnEquals and ArnLike behave identically (IAM User Guide, "IAM JSON policy elements: Condition operators").
 */
export function parseOperator(name: string): Operator | undefined {
  if (name === 'Null') {
    return { name, comparison: 'Null', negated: false, ifExists: false };
  }
  const [, set, plainName = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]*?)(IfExists)?$/.exec(name) ?? [];
  const plain = PLAIN.get(plainName);
  return plain === undefined
    ? undefined
    : {
        name,
        ...plain,
        ifExists: ifExists !== undefined,
        ...(set === 'ForAllValues' || set === 'ForAnyValue' ? { set } : {}),
      };
}
