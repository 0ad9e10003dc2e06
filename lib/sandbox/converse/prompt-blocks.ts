import type { Content } from './content';
import type { ConverseRequest } from './converse-request';

/** Returns everything that a model reads, in the order in which Bedrock caches prefixes: tools, system, messages. */
export function promptBlocks({ tools, system, messages }: ConverseRequest): readonly Content[] {
  return [...(tools?.blocks ?? []), ...system, ...messages.flatMap(({ content }) => content)];
}
