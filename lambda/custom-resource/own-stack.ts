import type { ResourceRequest } from './resource-request';

/** Longest logical id that CloudFormation allows, and a bound for the other texts that an answer repeats. */
const LONGEST = 255;

/**
 * Returns why a request does not come from a stack of this environment, or `undefined` if it may.
 *
 * @param ownStacks ARN of the environment's stacks, in which `*` stands for a name or an id
 */
export function refusedStack(
  { StackId, LogicalResourceId, RequestId }: ResourceRequest,
  ownStacks: string,
): string | undefined {
  const literal = ownStacks.split('*').map((text) => text.replace(/[^\w:/-]/g, (sign) => `\\${sign}`));
  if (!new RegExp(`^${literal.join('[A-Za-z0-9-]{1,128}')}$`).test(StackId)) {
    return `StackId names no stack of this environment; expected: ${ownStacks}`;
  }
  if (!/^[A-Za-z0-9]+$/.test(LogicalResourceId) || LogicalResourceId.length > LONGEST) {
    return 'LogicalResourceId is not an id of CloudFormation';
  }
  return RequestId.length <= LONGEST ? undefined : 'RequestId is longer than an id of CloudFormation';
}
