import type { Policy } from '../iam/policy/policy';

/** An IAM user or role, with everything that decides what it may do. */
export interface Principal {
  readonly kind: 'role' | 'user';
  readonly arn: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Identity policies, managed and inline. */
  readonly policies: readonly Policy[];
  /**
   * The permissions boundary.
   *
   * @default - none: identity policies alone decide
   */
  readonly boundary?: Policy;
  /**
   * The trust policy of a role.
   *
   * @default - a user, or a role that exists outside the templates, whose trust policy was not seen
   */
  readonly trust?: Policy;
  /**
   * The longest session of a role that AssumeRole gives, in seconds.
   *
   * @default 3600
   */
  readonly maxSessionSeconds?: number;
  /** False for a principal that exists outside the templates: it may have policies that were not seen. */
  readonly complete: boolean;
}

/** An application inference profile, in the words of `GetInferenceProfile`. */
export interface InferenceProfile {
  readonly arn: string;
  /** Twelve characters; the last segment of the ARN and the CloudWatch dimension `ModelId`. */
  readonly id: string;
  readonly name: string;
  /** ARN it copies from: a foundation model, or a system-defined inference profile. */
  readonly copyFrom: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** An SSM parameter of type String. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** A Lambda function as it would run. */
export interface LambdaFunction {
  readonly name: string;
  readonly roleArn: string;
  /** Module and export, such as `index.handler`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Folder that holds the code. */
  readonly codeDirectory: string;
}

/** The gate at the end of an application's stack: a custom resource that the verification function answers. */
export interface Gate {
  readonly application: string;
  /** ARN of the function that CloudFormation calls. */
  readonly serviceToken: string;
  readonly onFailure: string;
  /** ARN of the profile that each alias gives to its callers. */
  readonly aliases: Readonly<Record<string, string>>;
}

/** A budget as its template has it. */
export interface Budget {
  readonly name: string;
  readonly monthlyUsd: number;
  /** All else of it, such as `TimeUnit`, by the names of CloudFormation. */
  readonly form: Readonly<Record<string, unknown>>;
  /** What its costs are filtered by, such as `TagKeyValue`. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
  /** Who is told at what, such as `ACTUAL above 80 percent: EMAIL a@example.com`. */
  readonly notices: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** A resource that is compared with all its properties, such as the permission to call a function. */
export interface WholeResource {
  readonly type: string;
  readonly name: string;
  /** Without its tags and its description. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A resource of a template. */
export interface Origin {
  readonly templateFile: string;
  readonly logicalId: string;
  readonly type: string;
}

/**
 * What really is, from synthesized templates or from a live account.
 *
 * Everything that judges access reads an `Account` and nothing else.
 */
export interface Account {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly principals: readonly Principal[];
  readonly profiles: readonly InferenceProfile[];
  readonly parameters: readonly Parameter[];
  readonly functions: readonly LambdaFunction[];
  /** Empty for a live account. */
  readonly gates: readonly Gate[];
  /** Empty for a live account. */
  readonly budgets: readonly Budget[];
  /**
   * Resources that are compared whole: whatever calls a function or attaches a policy, topics with their policies, keys, each
   * with its alias as a property, and logs that are no function's. Empty for a live account.
   */
  readonly wholeResources: readonly WholeResource[];
  /**
   * Digest of the plan that the templates were synthesized from.
   *
   * @default - a live account, or templates that carry none
   */
  readonly planDigest?: string;
  /** Resources that nothing here can read and that might grant access. */
  readonly unread: readonly Origin[];
  /** ARNs of the managed policies, those included that nobody carries. */
  readonly managedPolicies: readonly string[];
  /** Managed policies of the templates that nobody carries, neither as a policy nor as a boundary. */
  readonly unattached: readonly Policy[];
  /** ARNs and names that two resources have. */
  readonly repeated: readonly string[];
  /** Stacks of the same app that belong to no environment, and were not read. */
  readonly outside: readonly string[];
  /** Where what has an ARN or a name comes from; empty for a live account. */
  readonly origins: ReadonlyMap<string, Origin>;
}
