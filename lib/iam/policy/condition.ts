import type { Operator } from './operator';
import type { Range } from './scale';
import type { Template } from './template';

/** One operator applied to one condition key. A request must meet all conditions of a statement. */
export interface Condition {
  readonly operator: Operator;
  /** Condition key, in lower case. */
  readonly key: string;
  /** Condition key as the policy spells it. */
  readonly name: string;
  readonly values: readonly Template[];
  /** The ranges of the values, for an operator that compares numbers, times or IP addresses. Empty for the others. */
  readonly ranges: readonly Range[];
}
