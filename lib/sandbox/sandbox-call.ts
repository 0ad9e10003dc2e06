import type { Decision } from '../iam/evaluate/decision';

/** One call that IAM decided. */
export interface SandboxCall {
  /** Service that the signature names: `bedrock`, `bedrock-mantle`, `ssm` or `sts`. */
  readonly service: string;
  readonly operation: string;
  /** ARN of the user or role. For a role session, this is the role's ARN. */
  readonly principal: string;
  /** Resource that was called, as the client wrote it. */
  readonly target: string;
  readonly decision: Decision['decision'];
  /** Action that was denied. */
  readonly deniedAction?: string;
  readonly deniedResource?: string;
  /** HTTP status of the response, even when a fault kept the response from being sent. */
  readonly status: number;
  /** Labels of the faults that were injected into the call, such as `throttle:0.3`. */
  readonly faults?: readonly string[];
}
