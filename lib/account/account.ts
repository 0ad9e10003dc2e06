import type { Policy } from '../iam/policy/policy';

/** An IAM user or role, with every policy that decides what it may do. */
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
   * @default - none: the identity policies alone decide
   */
  readonly boundary?: Policy;
  /**
   * The trust policy of a role.
   *
   * @default - none: the principal is a user, or a role outside the templates, whose trust policy was not read
   */
  readonly trust?: Policy;
  /**
   * Maximum length of a session of this role, in seconds.
   *
   * @default 3600
   */
  readonly maxSessionSeconds?: number;
  /** False for a principal that exists outside the templates, because it may have policies that were not read. */
  readonly complete: boolean;
}

/** An application inference profile, with the fields that `GetInferenceProfile` returns. */
export interface InferenceProfile {
  readonly arn: string;
  /** Id of twelve characters: the last segment of the ARN, and the value of the CloudWatch dimension `ModelId`. */
  readonly id: string;
  readonly name: string;
  /** ARN of its model source: a foundation model, or a system-defined inference profile. */
  readonly copyFrom: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** An SSM parameter of type String. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** A Lambda function as it will run once it is deployed. */
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

/** The gate at the end of an application's stack: a custom resource that calls the verification function. */
export interface Gate {
  readonly application: string;
  /** ARN of the function that CloudFormation calls. */
  readonly serviceToken: string;
  readonly onFailure: string;
  /** ARN of the profile that each alias stands for, by alias. */
  readonly aliases: Readonly<Record<string, string>>;
}

/** A budget as its template defines it. */
export interface Budget {
  readonly name: string;
  readonly monthlyUsd: number;
  /** Its other properties, such as `TimeUnit`, under their names in CloudFormation. */
  readonly form: Readonly<Record<string, unknown>>;
  /** Cost filters, such as `TagKeyValue`, with their values. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
  /** Notifications with their subscribers, such as `ACTUAL above 80 percent: EMAIL a@example.com`. */
  readonly notices: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** A resource that is compared with all its properties, such as the permission to call a function. */
export interface WholeResource {
  readonly type: string;
  readonly name: string;
  /** All properties except tags and descriptions. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The template and the logical ID that define a resource. */
export interface Origin {
  readonly templateFile: string;
  readonly logicalId: string;
  readonly type: string;
}

/**
 * The actual resources of one account and Region, read from synthesized templates or from a live account.
 *
 * All code that judges access reads an `Account` and nothing else.
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
   * Resources that are compared with all their properties: resources that call a function or attach a policy, topics
   * with their policies, keys (each with its alias as a property), and log groups that no function writes. Empty for a
   * live account.
   */
  readonly wholeResources: readonly WholeResource[];
  /**
   * Digest of the plan that the templates were synthesized from.
   *
   * @default - none: the account is live, or its templates have no digest
   */
  readonly planDigest?: string;
  /** Resources that this project cannot read and that might grant access. */
  readonly unread: readonly Origin[];
  /** ARNs of all managed policies, attached or not. */
  readonly managedPolicies: readonly string[];
  /** Managed policies of the templates that no principal has, neither attached nor as a boundary. */
  readonly unattached: readonly Policy[];
  /** ARNs and names that two or more resources share. */
  readonly duplicateNames: readonly string[];
  /** Names of stacks of the same app that belong to no environment and were not read. */
  readonly stacksOutsideEnvironments: readonly string[];
  /** The origin of each ARN and name. Empty for a live account. */
  readonly origins: ReadonlyMap<string, Origin>;
}
