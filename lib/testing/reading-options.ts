/** Values that a template leaves open until it is deployed. */
export interface ReadingOptions {
  /**
   * Value of `AWS::Region`.
   *
   * @default 'us-east-1'
   */
  readonly region?: string;
  /**
   * Value of `AWS::AccountId`.
   *
   * @default '111122223333'
   */
  readonly account?: string;
  /**
   * Values of the template's parameters, by name.
   *
   * @default - each parameter has its default; a policy that needs a parameter without one is not understood
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * Values that other stacks export, by export name.
   *
   * @default - none; a policy that imports a value is not understood
   */
  readonly imports?: Readonly<Record<string, string>>;
  /**
   * Documents of managed policies that are not in the template, by ARN.
   *
   * @default - the AWS managed policies that CDK constructs attach; a principal with another policy is not understood
   */
  readonly managedPolicies?: Readonly<Record<string, unknown>>;
  /**
   * Logical IDs of managed policies that are only used as permissions boundaries, by other stacks.
   *
   * @default - none; a managed policy that the template leaves unattached is judged as if a principal had it
   */
  readonly permissionsBoundaries?: readonly string[];
  /**
   * Set to 'testedApart' when another test covers the template of each nested stack.
   *
   * @default - a template with nested stacks is not understood
   */
  readonly nestedStacks?: 'testedApart';
}
