import { messageOf } from '../../aws/errors/message-of';
import type { LimitDependencies } from './limit-dependencies';
import type { Notice } from './notice';
import type { Limit } from './store/limit';

/** Publishes a notice to the owner's topic. Returns the failure, if there is one: the act itself is done. */
export async function tell(
  { topicArn }: Limit,
  notice: Notice,
  { publish }: LimitDependencies,
): Promise<readonly string[]> {
  try {
    await publish(topicArn, notice);
    return [];
  } catch (error) {
    return [messageOf(error)];
  }
}
