import { type Post, serviceError } from './signed-post';

/** The status of a stack, such as `UPDATE_ROLLBACK_IN_PROGRESS`. */
export type StackStatus = (stackId: string, signal: AbortSignal) => Promise<string>;

/** Asks CloudFormation, whose requests are forms and whose answers are XML. */
export function stackStatus(post: Post): StackStatus {
  return async (stackId, signal) => {
    const form = new URLSearchParams({ Action: 'DescribeStacks', Version: '2010-05-15', StackName: stackId });
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const answer = await post(headers, form.toString(), signal);
    if (answer.statusCode !== 200) {
      throw serviceError(answer, element(answer.body, 'Code') ?? 'UnknownError', element(answer.body, 'Message') ?? '');
    }
    return element(answer.body, 'StackStatus') ?? '';
  };
}

/** What the first element of this name holds, in an answer whose texts hold no elements themselves. */
function element(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}
