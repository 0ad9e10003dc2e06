import type { ResolutionWork } from './resolution-work';

/** Options for reading a template without knowing its account or the other stacks of its app. */
export interface TemplateReading {
  /**
   * True for the types of resources to read. Conditions of other resources are not evaluated.
   *
   * @default - every type
   */
  readonly reads?: (type: string) => boolean;
  /**
   * Values that other stacks export, by export name.
   *
   * @default - none: `Fn::ImportValue` cannot be resolved
   */
  readonly imports?: Readonly<Record<string, string>>;
  /**
   * True to use made-up ARNs for resources that only have to be distinguishable.
   *
   * @default false
   */
  readonly opaque?: boolean;
  /**
   * True to take the defaults of parameters and made-up values of `AWS::StackId`, for templates that are judged without
   * a deployment in mind.
   *
   * @default false: values that only a deployment decides are refused, because a template could tell by them that it is
   * being judged
   */
  readonly assumes?: boolean;
  /**
   * Counts the work for several templates together.
   *
   * @default - the work for this template is counted alone
   */
  readonly work?: ResolutionWork;
}
