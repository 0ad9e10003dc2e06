/** An IAM statement as it is written in JSON. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A statement that names the actions to which it does not apply. */
export interface ExceptStatement extends Omit<Statement, 'Action'> {
  readonly NotAction: readonly string[];
}

/** A statement of a trust policy. */
export interface TrustStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: Readonly<Record<string, string>>;
  readonly Action: readonly string[];
  readonly Condition?: Statement['Condition'];
}

/** A statement in the policy of a VPC endpoint. Conditions name the principals. */
export interface EndpointStatement extends Statement {
  readonly Principal: '*';
}

/** IAM actions that Converse and ConverseStream need. There is no `bedrock:Converse` action. */
export const INVOKE_ACTIONS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'] as const;

/**
 * Maximum length of a managed policy in characters, without white space (IAM quotas).
 *
 * The length is counted before CloudFormation and the CDK write a list of one item as a string, which only makes it
 * shorter.
 */
export const MAX_POLICY_CHARACTERS = 6144;

export function policyDocument<S extends Pick<Statement, 'Sid' | 'Effect'>>(statements: readonly S[]) {
  return { Version: '2012-10-17', Statement: statements };
}
