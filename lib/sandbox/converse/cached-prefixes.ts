import { createHash } from 'node:crypto';
import type { JsonField } from '../json-field';
import { contentTokens } from './count-tokens';
import { promptBlocks } from './prompt-blocks';
import type { ConverseRequest } from './read-converse';

/** What stands before a cache point. */
export interface Prefix {
  readonly digest: string;
  readonly tokens: number;
}

/** The prefixes that the cache points of a request end, the shortest first. */
export function cachedPrefixes(body: JsonField, request: ConverseRequest): readonly Prefix[] {
  const blocks = promptBlocks(request);
  if (!blocks.some(({ kind }) => kind === 'marker')) {
    return [];
  }
  const messages = body.at('messages').list();
  // One for one with the blocks, which do not hold all that tells one prefix from another.
  const sources = [
    ...[body.at('toolConfig').at('tools'), body.at('system')].flatMap((field) => field.list()),
    ...messages.flatMap((message) => message.at('content').list()),
  ];
  const hash = createHash('sha256');
  let tokens = 0;
  return blocks.flatMap((block, at) => {
    if (block.kind === 'marker') {
      return [{ digest: hash.copy().digest('base64'), tokens }];
    }
    const { path, value } = sources[at] ?? {};
    // The path tells a message from the next one; among the parts of a list it counts cache points too, which say nothing.
    hash.update(JSON.stringify([path?.replace(/\d+$/, ''), value]));
    tokens += contentTokens(block);
    return [];
  });
}
