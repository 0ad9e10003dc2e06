import type { Policy } from '../../iam/policy/policy';

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A statement of an intent; its Sid says in words what it is for. */
export interface IntendedStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Condition;
}

/**
 * What may be done, as the proof compares it with the templates: said here a second time, from the models, routings and
 * profiles of the plan and not from its policies, so that a mistake in those is no intent.
 */
export function intentPolicy(name: string, statements: readonly IntendedStatement[]): Policy {
  return { name, document: { Version: '2012-10-17', Statement: statements } };
}

export const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
export const READ_PARAMETERS = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'];
export const PROFILE_KEY = 'bedrock:InferenceProfileArn';
