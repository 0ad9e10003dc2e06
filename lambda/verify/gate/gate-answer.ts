import type { ResourceAnswer } from '../../custom-resource/answer-resource';
import type { GateVerdict } from './gate-verdict';

/** A verdict as CloudFormation is told it. The id never changes: another would make it delete the "old" gate. */
export function gateAnswer({ passed, message }: GateVerdict): ResourceAnswer {
  return {
    passed,
    reason: message,
    physicalResourceId: 'bedrock-access-gate',
    data: { Verdict: message },
  };
}
