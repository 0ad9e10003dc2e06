import type { Order, Scale } from './scale';

/** Ways of comparing one value of a policy with one value of the request. */
export type Comparison = 'StringEquals' | 'StringEqualsIgnoreCase' | 'StringLike' | 'ArnLike' | 'Bool' | 'Null' | Scale;

/** The parts of a condition operator. */
export interface Operator {
  /** The operator as written in the policy. */
  readonly name: string;
  readonly comparison: Comparison;
  /** `equal` for a comparison that has no order. */
  readonly order: Order;
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

type Plain = Pick<Operator, 'comparison' | 'order' | 'negated'>;

const equal = (name: string, notName: string, comparison: Comparison): readonly (readonly [string, Plain])[] => [
  [name, { comparison, order: 'equal', negated: false }],
  [notName, { comparison, order: 'equal', negated: true }],
];

const ordered = (scale: 'Numeric' | 'Date'): readonly (readonly [string, Plain])[] => [
  ...equal(`${scale}Equals`, `${scale}NotEquals`, scale),
  [`${scale}LessThan`, { comparison: scale, order: 'less', negated: false }],
  [`${scale}LessThanEquals`, { comparison: scale, order: 'lessOrEqual', negated: false }],
  [`${scale}GreaterThan`, { comparison: scale, order: 'greater', negated: false }],
  [`${scale}GreaterThanEquals`, { comparison: scale, order: 'greaterOrEqual', negated: false }],
];

const PLAIN: ReadonlyMap<string, Plain> = new Map([
  ...equal('StringEquals', 'StringNotEquals', 'StringEquals'),
  ...equal('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringEqualsIgnoreCase'),
  ...equal('StringLike', 'StringNotLike', 'StringLike'),
  ...equal('ArnEquals', 'ArnNotEquals', 'ArnLike'),
  ...equal('ArnLike', 'ArnNotLike', 'ArnLike'),
  ['Bool', { comparison: 'Bool', order: 'equal', negated: false }],
  ...ordered('Numeric'),
  ...ordered('Date'),
  ...equal('IpAddress', 'NotIpAddress', 'IpAddress'),
]);

/**
 * Splits an operator into its parts. Returns `undefined` for an operator that is not known, and for BinaryEquals, which
 * is not implemented.
 *
 * ArnEquals and ArnLike behave identically (IAM User Guide, "IAM JSON policy elements: Condition operators").
 */
export function parseOperator(name: string): Operator | undefined {
  if (name === 'Null') {
    return { name, comparison: 'Null', order: 'equal', negated: false, ifExists: false };
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
