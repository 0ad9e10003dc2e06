import type { AssemblyStack } from './assembly-stack';

/** A resource of a template. Its properties are resolved: every intrinsic function is replaced by its value. */
export interface Resource {
  readonly stack: AssemblyStack;
  readonly partition: string;
  readonly logicalId: string;
  readonly type: string;
  /** Names of the properties that the template sets. */
  readonly propertyNames: readonly string[];
  /**
   * Resolves one property. Returns `undefined` when the template omits it.
   *
   * @throws TemplateError with the template and the path, when part of the value cannot be resolved
   */
  property(name: string): unknown;
  /** Resolves one property, with `Unresolved` in place of every function that cannot be resolved. */
  partialProperty(name: string): unknown;
}
