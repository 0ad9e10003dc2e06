import type { Clock } from '../../aws/clock';
import { retry } from '../../aws/retry/retry';
import type { StackStatus } from '../../aws/services/stack-status';

export interface RollingBackDependencies {
  readonly stackStatus: StackStatus;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/**
 * Returns true when the stack is rolling back. An update that fails during a rollback leaves the stack in
 * `UPDATE_ROLLBACK_FAILED`. If CloudFormation does not return the status, the stack counts as not rolling back.
 */
export async function isRollingBack(
  stackId: string,
  { stackStatus, clock, log }: RollingBackDependencies,
): Promise<boolean> {
  const { ended } = await retry(clock, (signal) => stackStatus(stackId, signal));
  if ('failure' in ended) {
    log(JSON.stringify({ stackId, stackStatus: 'unknown', error: ended.failure.error }));
    return false;
  }
  return ended.value.includes('ROLLBACK');
}
