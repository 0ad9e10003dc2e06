/** How one value of a policy is compared with one value of the request. */
export type Comparison = 'StringEquals' | 'StringEqualsIgnoreCase' | 'StringLike' | 'ArnLike' | 'Bool' | 'Null';

/** A condition operator, taken apart. */
export interface Operator {
  /** As the policy writes it. */
  readonly name: string;
  readonly comparison: Comparison;
  /** Met when no value matches, instead of when one does. */
  readonly negated: boolean;
  /** Met when the key is absent. */
  readonly ifExists: boolean;
  /**
   * How a key with any number of values is judged.
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
 * Takes an operator apart, or gives `undefined` for one that is not implemented: numeric, date, IP address and binary.
 *
 * ArnEquals and ArnLike behave identically (IAM User Guide, "IAM JSON policy elements: Condition operators").
 */
export function parseOperator(name: string): Operator | undefined {
  if (name === 'Null') {
    return { name, comparison: 'Null', negated: false, ifExists: false };
  }
  const [, set, base = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]*?)(IfExists)?$/.exec(name) ?? [];
  const plain = PLAIN.get(base);
  return plain === undefined
    ? undefined
    : {
        name,
        ...plain,
        ifExists: ifExists !== undefined,
        ...(set === 'ForAllValues' || set === 'ForAnyValue' ? { set } : {}),
      };
}
