import { boundedText } from '../../../aws/bounded-text';
import type { Clock } from '../../../aws/clock';
import type { StackStatus } from '../../../aws/services/stack-status';
import { UnreadableParameters } from '../../aliases/read-parameters';
import { isRollingBack } from '../../custom-resource/is-rolling-back';
import type { ResourceRequest } from '../../custom-resource/resource-request';
import type { VerificationResult } from '../result';
import { type GateOrder, parseGateOrder } from './gate-request';
import { type GateVerdict, gateVerdict } from './gate-verdict';

/** What a gate touches outside itself. */
export interface GateDependencies {
  /** Verifies one application whose policies have just been changed. */
  readonly verifyChanged: (order: GateOrder) => Promise<VerificationResult>;
  readonly stackStatus: StackStatus;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/**
 * Until then the policies of before the update may still answer, and a probe that passes by them proves nothing. Seen in
 * 2025: about 4 s (OFFENSAI, "AWS IAM eventual consistency").
 */
const SETTLING_MILLISECONDS = 10_000;

/**
 * Whether a stack may go on: the gate is its last resource, so everything that it judges is there.
 *
 * A deletion always may, and so may an update while the stack rolls back: what is rolled back to was let through before,
 * and a gate that refused it would leave the stack in `UPDATE_ROLLBACK_FAILED`.
 */
export async function gate(request: ResourceRequest, dependencies: GateDependencies): Promise<GateVerdict> {
  const { RequestType, StackId } = request;
  if (RequestType === 'Delete') {
    return { passed: true, message: 'nothing to verify: the gate is deleted' };
  }
  if (RequestType === 'Update' && (await isRollingBack(StackId, dependencies))) {
    return { passed: true, message: 'not verified: the stack rolls back to what was verified before' };
  }
  try {
    const order = parseGateOrder(request);
    if (RequestType === 'Update') {
      await dependencies.clock.sleep(SETTLING_MILLISECONDS);
    }
    const { passed, message } = await verdictOn(order, dependencies);
    return passed || order.onFailure === 'fail'
      ? { passed, message }
      : { passed: true, message: `let through by 'gate: warn': ${message}` };
  } catch (error) {
    return { passed: false, message: boundedText(error instanceof Error ? error.message : String(error)) };
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
    const why = boundedText(error instanceof Error ? error.message : String(error));
    // What passes by itself says nothing about the deployment, here as in a probe.
    const passed = error instanceof UnreadableParameters && error.passes;
    return { passed, message: `'${application}' could not be verified: ${why}` };
  }
}
