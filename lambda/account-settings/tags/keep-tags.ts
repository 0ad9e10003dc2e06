import type { Clock } from '../../../aws/clock';
import type { StackStatus } from '../../../aws/services/stack-status';
import type { ResourceAnswer } from '../../custom-resource/answer-resource';
import { isRollingBack } from '../../custom-resource/is-rolling-back';
import type { ResourceRequest } from '../../custom-resource/resource-request';
import { activateTags } from './activate-tags';
import type { TagCalls } from './tag-calls';
import { parseTagKeys } from './tag-order';

/** What activating tags touches outside itself. */
export interface TagDependencies {
  readonly calls: TagCalls;
  readonly stackStatus: StackStatus;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** One for all times: another would have CloudFormation delete the resource of the old one. */
const ID = 'bedrock-access-cost-allocation-tags';

/**
 * Activates tags when the resource is made or its keys change. Nothing is ever deactivated: the tags belong to the account
 * that pays, others may report by them, and what is not billed by a tag for a day is never billed by it.
 */
export async function keepTags(
  request: ResourceRequest,
  { calls, ...dependencies }: TagDependencies,
): Promise<Omit<ResourceAnswer, 'data'>> {
  const answer = (passed: boolean, reason: string) => ({ passed, reason, physicalResourceId: ID });
  if (request.RequestType === 'Delete') {
    return answer(true, 'left as they are: cost allocation tags that are active stay active');
  }
  try {
    return answer(true, await activateTags(parseTagKeys(request.ResourceProperties), calls, dependencies.clock));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // What was active before the update still is.
    return request.RequestType === 'Update' && (await isRollingBack(request.StackId, dependencies))
      ? answer(true, `let through while the stack rolls back: ${reason}`)
      : answer(false, reason);
  }
}
