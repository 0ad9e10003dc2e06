import type { Condition } from './condition';
import type { Glob } from './glob';
import type { PrincipalPattern } from './principal-pattern';
import type { ResourcePattern } from './resource-pattern';

/** Patterns of which one must match, or, negated (NotAction, NotResource), none. */
export interface Patterns<P> {
  readonly negated: boolean;
  readonly patterns: readonly P[];
}

/** A statement that was understood whole. */
export interface ParsedStatement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** In lower case. */
  readonly actions: Patterns<Glob>;
  /** In a trust policy, which has no resources, `NotResource` of nothing. */
  readonly resources: Patterns<ResourcePattern>;
  /** In an identity policy, which names nobody, empty. */
  readonly principals: readonly PrincipalPattern[];
  readonly conditions: readonly Condition[];
}
