import type { Operator } from './operator';
import type { Template } from './template';

/** One operator applied to one condition key. A request must meet all conditions of a statement. */
export interface Condition {
  readonly operator: Operator;
  /** Condition key, in lower case. */
  readonly key: string;
  readonly values: readonly Template[];
}
