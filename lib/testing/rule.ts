import { foundationModelArn } from '../catalog/foundation-model-arn';
import type { Policy } from '../iam/policy/policy';

export const EXAMPLE_MODEL = 'anthropic.claude-sonnet-4-6';

/** Forbidden requests, written as the policy that would allow them. */
export interface Rule {
  readonly policy: Policy;
  /** Actions from which examples are chosen, the most instructive first. */
  readonly actions: readonly string[];
  /** Returns the ARN for an example when the policies name none. */
  readonly example: (region: string, account: string) => string;
  /**
   * Action that excuses a request: a request is a breach only when this action is not allowed in its place.
   *
   * @default - none
   */
  readonly unlessAllowed?: string;
}

/** Returns the ARN of a well-known foundation model. */
export const exampleModel: Rule['example'] = (region) => foundationModelArn('aws', region, EXAMPLE_MODEL);

interface RuleStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function rulePolicy(statements: readonly RuleStatement[]): Policy {
  return { name: 'forbidden requests', document: { Version: '2012-10-17', Statement: statements } };
}
