import { boundedText } from '../../../aws/bounded-text';
import type { Clock } from '../../../aws/clock';
import { messageOf } from '../../../aws/errors/message-of';
import type { StackStatus } from '../../../aws/services/stack-status';
import { UnreadableParameters } from '../../aliases/read-parameters';
import { isRollingBack } from '../../custom-resource/is-rolling-back';
import type { ResourceRequest } from '../../custom-resource/resource-request';
import type { VerificationResult } from '../result';
import { type GateOrder, parseGateOrder } from './gate-request';
import { type GateVerdict, gateVerdict } from './gate-verdict';

/** The verification, the status of the stack, the clock and the log of a gate. */
export interface GateDependencies {
  /** Verifies one application whose policies have just been changed. */
  readonly verifyChanged: (order: GateOrder) => Promise<VerificationResult>;
  readonly stackStatus: StackStatus;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/**
 * Wait before the probes of an update. Until then IAM may still apply the previous policies, and a probe that succeeds
 * because of them proves nothing. About 4 s were measured in 2025 (OFFENSAI, "AWS IAM eventual consistency").
 */
const SETTLING_MILLISECONDS = 10_000;

/**
 * Decides whether the deployment of a stack may continue. The gate is the stack's last resource, so everything that it
 * judges exists by then.
 *
 * A deletion always passes. So does an update during a rollback: the previous state has passed the gate before, and a
 * refusal would leave the stack in `UPDATE_ROLLBACK_FAILED`.
 */
export async function gate(request: ResourceRequest, dependencies: GateDependencies): Promise<GateVerdict> {
  const { RequestType, StackId } = request;
  if (RequestType === 'Delete') {
    return { passed: true, message: 'nothing to verify: the gate is being deleted' };
  }
  if (RequestType === 'Update' && (await isRollingBack(StackId, dependencies))) {
    return { passed: true, message: 'not verified: the stack rolls back to a state that was verified before' };
  }
  try {
    const order = parseGateOrder(request);
    if (!StackId.includes(`--${order.application}/`)) {
      throw new Error(`the gate of '${boundedText(order.application, 100)}' is in the stack of another application`);
    }
    if (RequestType === 'Update') {
      await dependencies.clock.sleep(SETTLING_MILLISECONDS);
    }
    const { passed, message } = await verdictOn(order, dependencies);
    return passed || order.onFailure === 'fail'
      ? { passed, message }
      : { passed: true, message: `passed because of 'gate: warn': ${message}` };
  } catch (error) {
    return { passed: false, message: boundedText(messageOf(error)) };
  }
}

async function verdictOn(order: GateOrder, { verifyChanged, log }: GateDependencies): Promise<GateVerdict> {
  const { application } = order;
  try {
    const result = await verifyChanged(order);
    for (const probe of result.probes.filter(({ asIntended }) => !asIntended)) {
      log(JSON.stringify(probe));
    }
    return gateVerdict(application, result);
  } catch (error) {
    const why = boundedText(messageOf(error));
    // An error that may pass without any action shows nothing about the deployment, here as in a probe.
    const passed = error instanceof UnreadableParameters && error.passes;
    return { passed, message: `'${application}' could not be verified: ${why}` };
  }
}
