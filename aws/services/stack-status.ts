import { askQuery, element } from './ask-query';
import type { Post } from './signed-post';

/** The status of a stack, such as `UPDATE_ROLLBACK_IN_PROGRESS`. */
export type StackStatus = (stackId: string, signal: AbortSignal) => Promise<string>;

/** Asks CloudFormation. */
export function stackStatus(post: Post): StackStatus {
  return async (stackId, signal) => {
    const form = { Action: 'DescribeStacks', Version: '2010-05-15', StackName: stackId };
    return element(await askQuery(post, form, signal), 'StackStatus') ?? '';
  };
}
