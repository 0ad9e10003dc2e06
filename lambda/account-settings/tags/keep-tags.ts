import type { Clock } from '../../../aws/clock';
import { messageOf } from '../../../aws/errors/message-of';
import type { StackStatus } from '../../../aws/services/stack-status';
import type { ResourceAnswer } from '../../custom-resource/answer-resource';
import { isRollingBack } from '../../custom-resource/is-rolling-back';
import type { ResourceRequest } from '../../custom-resource/resource-request';
import { activateTags } from './activate-tags';
import type { TagCalls } from './tag-calls';
import { readTagKeys } from './tag-order';

/** The calls to AWS, the clock and the log of the resource for cost allocation tags. */
export interface TagDependencies {
  readonly calls: TagCalls;
  readonly stackStatus: StackStatus;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** The physical id never changes: a new one would make CloudFormation delete the old resource. */
const ID = 'bedrock-access-cost-allocation-tags';

/**
 * Activates the tags when the resource is created or its keys change. No tag is ever deactivated: the tags belong to
 * the paying account, others may use them in their reports, and costs of a day without a tag can never be assigned to
 * it.
 */
export async function keepTags(
  request: ResourceRequest,
  { calls, ...dependencies }: TagDependencies,
): Promise<Omit<ResourceAnswer, 'data'>> {
  const answer = (passed: boolean, reason: string) => ({ passed, reason, physicalResourceId: ID });
  if (request.RequestType === 'Delete') {
    return answer(true, 'left unchanged: active cost allocation tags stay active');
  }
  try {
    return answer(true, await activateTags(readTagKeys(), calls, dependencies.clock));
  } catch (error) {
    const reason = messageOf(error);
    // The tags that were active before the update are still active.
    return request.RequestType === 'Update' && (await isRollingBack(request.StackId, dependencies))
      ? answer(true, `ignored while the stack rolls back: ${reason}`)
      : answer(false, reason);
  }
}
