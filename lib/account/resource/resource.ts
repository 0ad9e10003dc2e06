import type { AssemblyStack } from './assembly-stack';

/** A resource of a template; its properties are read with every intrinsic function replaced. */
export interface Resource {
  readonly stack: AssemblyStack;
  readonly partition: string;
  readonly logicalId: string;
  readonly type: string;
  /** Names of the properties that the template gives it. */
  readonly propertyNames: readonly string[];
  /**
   * One property, resolved; `undefined` where the template leaves it out.
   *
   * @throws TemplateError with the template and the path, when something in it cannot be resolved
   */
  property(name: string): unknown;
  /** The same, with `Unresolved` in place of every function that cannot be resolved. */
  partly(name: string): unknown;
}
