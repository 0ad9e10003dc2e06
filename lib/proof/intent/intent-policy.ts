import type { Policy } from '../../iam/policy/policy';

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A statement of an intent. Its Sid says in words what the statement is for. */
export interface IntendedStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Condition;
}

/**
 * Returns an intent as a policy, with which the proof compares the templates. It is stated a second time, from the
 * models, routings and profiles of the plan. The policies of the plan are not read, so a mistake in them is not part of
 * the intent.
 */
export function intentPolicy(name: string, statements: readonly IntendedStatement[]): Policy {
  return { name, document: { Version: '2012-10-17', Statement: statements } };
}

export const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
export const READ_PARAMETERS = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'];
export const PROFILE_KEY = 'bedrock:InferenceProfileArn';
