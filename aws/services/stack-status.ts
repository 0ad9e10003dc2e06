import { askQuery, element } from './ask-query';
import type { Post } from './post';

/** Returns the status of a stack, such as `UPDATE_ROLLBACK_IN_PROGRESS`. */
export type StackStatus = (stackId: string, signal: AbortSignal) => Promise<string>;

/** Returns a function that reads the status of a stack from CloudFormation. */
export function stackStatus(post: Post): StackStatus {
  return async (stackId, signal) => {
    const form = { Action: 'DescribeStacks', Version: '2010-05-15', StackName: stackId };
    return element(await askQuery(post, form, signal), 'StackStatus') ?? '';
  };
}
