import type { ResourceAnswer } from '../../custom-resource/answer-resource';
import type { GateVerdict } from './gate-verdict';

/**
 * Converts a verdict to the answer for CloudFormation. The id never changes: a new one would make it delete the "old"
 * gate.
 */
export function gateAnswer({ passed, message }: GateVerdict): ResourceAnswer {
  return {
    passed,
    reason: message,
    physicalResourceId: 'bedrock-access-gate',
    data: { Verdict: message },
  };
}
