import type { Decision } from '../iam/evaluate/decision';

/** One call that IAM decided. */
export interface SandboxCall {
  /** As the signature names it: `bedrock`, `bedrock-mantle`, `ssm` or `sts`. */
  readonly service: string;
  readonly operation: string;
  /** ARN of the role or user; of a role, not of its session. */
  readonly principal: string;
  /** What was called, as the client wrote it. */
  readonly target: string;
  readonly decision: Decision['decision'];
  /** The action that was not allowed. */
  readonly deniedAction?: string;
  readonly deniedResource?: string;
  /** HTTP status of the answer; also where a fault kept it from being sent. */
  readonly status: number;
  /** Faults that the call met, as they were asked for. */
  readonly faults?: readonly string[];
}
