import type { Content } from './content';
import type { ConverseRequest } from './read-converse';

/** All that a model reads, in the order in which prefixes are kept: tools, system, messages. */
export function promptBlocks({ tools, system, messages }: ConverseRequest): readonly Content[] {
  return [...(tools?.blocks ?? []), ...system, ...messages.flatMap(({ content }) => content)];
}
