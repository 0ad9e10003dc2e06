import { foundationModelArn } from '../catalog/foundation-model-arn';
import type { Policy } from '../iam/policy/policy';

export const EXAMPLE_MODEL = 'anthropic.claude-sonnet-4-6';

/** Requests that nobody may make, written as the policy that would allow them. */
export interface Rule {
  readonly policy: Policy;
  /** Actions that witnesses are chosen from, the most telling first. */
  readonly actions: readonly string[];
  /** An ARN that makes a good witness where policies name none. */
  readonly example: (region: string, account: string) => string;
  /**
   * An action that makes up for it: a request is found only where this action is not allowed likewise.
   *
   * @default - none
   */
  readonly unlessAllowed?: string;
}

/** A foundation model that everybody knows. */
export const exampleModel: Rule['example'] = (region) => foundationModelArn('aws', region, EXAMPLE_MODEL);

interface RuleStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function rulePolicy(statements: readonly RuleStatement[]): Policy {
  return { name: 'what nobody may', document: { Version: '2012-10-17', Statement: statements } };
}
