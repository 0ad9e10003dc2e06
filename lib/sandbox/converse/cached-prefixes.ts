import { createHash } from 'node:crypto';
import type { JsonField } from '../json-field';
import type { ConverseRequest } from './converse-request';
import { contentTokens } from './count-tokens';
import { promptBlocks } from './prompt-blocks';
import type { Prefix } from './prompt-cache';

/** Returns the prefixes that end at the cache points of a request, shortest first. */
export function cachedPrefixes(body: JsonField, request: ConverseRequest): readonly Prefix[] {
  const blocks = promptBlocks(request);
  if (!blocks.some(({ kind }) => kind === 'marker')) {
    return [];
  }
  const messages = body.at('messages').list();
  // One source for each block, in the same order. A block leaves out details in which two prefixes may differ.
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
    // The path tells messages apart. Its last index is removed, because it also counts cache points.
    hash.update(JSON.stringify([path?.replace(/\d+$/, ''), value]));
    tokens += contentTokens(block);
    return [];
  });
}
