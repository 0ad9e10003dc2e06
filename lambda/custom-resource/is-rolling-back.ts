import type { Clock } from '../../aws/clock';
import { retry } from '../../aws/retry/retry';
import type { StackStatus } from '../../aws/services/stack-status';

export interface RollingBackDependencies {
  readonly stackStatus: StackStatus;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/**
 * Whether the stack goes back to what it was: an update that fails then leaves it in `UPDATE_ROLLBACK_FAILED`. Where
 * CloudFormation does not say, it counts as one that goes forward.
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
