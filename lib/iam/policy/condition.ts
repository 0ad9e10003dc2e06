import type { Operator } from './operator';
import type { Template } from './template';

/** One operator on one key. All conditions of a statement must be met. */
export interface Condition {
  readonly operator: Operator;
  /** Condition key, in lower case. */
  readonly key: string;
  readonly values: readonly Template[];
}
