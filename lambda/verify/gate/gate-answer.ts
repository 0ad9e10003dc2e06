import type { ResourceAnswer } from '../../custom-resource/answer-resource';
import type { GateVerdict } from './gate-verdict';

/** Physical id of every gate. It never changes: a new one would make CloudFormation delete the "old" gate. */
export const GATE_ID = 'bedrock-access-gate';

/** Converts a verdict to the answer for CloudFormation. */
export function gateAnswer({ passed, message }: GateVerdict): ResourceAnswer {
  return {
    passed,
    reason: message,
    physicalResourceId: GATE_ID,
    data: { Verdict: message },
  };
}
