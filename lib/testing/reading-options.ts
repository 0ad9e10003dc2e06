/** What a template leaves open until it is deployed. */
export interface ReadingOptions {
  /**
   * The Region that `AWS::Region` stands for.
   *
   * @default 'us-east-1'
   */
  readonly region?: string;
  /**
   * The account that `AWS::AccountId` stands for.
   *
   * @default '111122223333'
   */
  readonly account?: string;
  /**
   * Values of the template's parameters, by name.
   *
   * @default - each has its default; a policy that needs one without is not understood
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * Values that other stacks export, by the name of the export.
   *
   * @default - none; a policy that imports one is not understood
   */
  readonly imports?: Readonly<Record<string, string>>;
  /**
   * Documents of managed policies that stand outside the template, by ARN.
   *
   * @default - the policies of AWS that CDK constructs attach; a principal that carries another is not understood
   */
  readonly managedPolicies?: Readonly<Record<string, unknown>>;
  /**
   * Logical IDs of managed policies that other stacks use as permissions boundaries, and that nobody attaches.
   *
   * @default - none; a managed policy that nobody has in the template is judged as if somebody had it
   */
  readonly permissionsBoundaries?: readonly string[];
  /**
   * Write 'testedApart' when a test of its own reads the template of each nested stack.
   *
   * @default - a template with nested stacks is not understood
   */
  readonly nestedStacks?: 'testedApart';
}
