import type { Condition } from './condition';
import type { Glob } from './glob';
import type { PrincipalPattern } from './principal-pattern';
import type { ResourcePattern } from './resource-pattern';

/** The patterns of an element. One of them must match or, if `negated` (NotAction, NotResource), none of them. */
export interface Patterns<P> {
  readonly negated: boolean;
  readonly patterns: readonly P[];
}

/** A statement that was understood completely. */
export interface ParsedStatement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Patterns of actions, in lower case. */
  readonly actions: Patterns<Glob>;
  /** The actions as the policy spells them. */
  readonly actionTexts: readonly string[];
  /**
   * Patterns of resources. A trust policy names none; its statements have an empty `NotResource`, which matches all.
   */
  readonly resources: Patterns<ResourcePattern>;
  /** Patterns of principals. Empty in an identity policy, which names no principal. */
  readonly principals: readonly PrincipalPattern[];
  readonly conditions: readonly Condition[];
}
