import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import { type ReadError, readError, shownError } from '../../../aws/errors/read-error';
import type { Reply } from './call';
import type { Ask } from './converse';
import { PROMPT, userMessage } from './converse-request';
import { type MediaFormat, mediaFile } from './media';
import { sumReplies } from './reply-parts';

const IMAGES = ['png', 'jpeg', 'gif', 'webp'] as const satisfies readonly MediaFormat[];
/** Document formats, in groups of at most five: the limit of a message. */
const DOCUMENTS = [
  ['pdf', 'csv', 'doc', 'docx', 'xls'],
  ['xlsx', 'html', 'txt', 'md'],
] as const satisfies readonly (readonly MediaFormat[])[];

/** Returns the messages of the first attempt, each as a map from format to content block. */
function messagesOf(kind: 'image' | 'document'): readonly ReadonlyMap<MediaFormat, ContentBlock>[] {
  if (kind === 'image') {
    return [new Map(IMAGES.map((format) => [format, { image: { format, source: { bytes: mediaFile(format) } } }]))];
  }
  return DOCUMENTS.map(
    (formats) =>
      new Map(
        formats.map((format, at) => {
          const source = { bytes: mediaFile(format) };
          // The model reads the name too, so the name is neutral.
          return [format, { document: { format, name: `document ${at + 1}`, source } }];
        }),
      ),
  );
}

function isInvalid({ name, status }: ReadError): boolean {
  return name === 'ValidationException' && status === 400;
}

/**
 * Sends the blocks and returns the reply, or the error if Bedrock refuses the request as invalid. Throws other errors.
 */
async function sendBlocks(ask: Ask, blocks: Iterable<ContentBlock>): Promise<Reply | { readonly refused: unknown }> {
  try {
    return (await ask({ messages: [userMessage(...blocks, PROMPT)] })).reply;
  } catch (error) {
    if (isInvalid(readError(error))) {
      return { refused: error };
    }
    throw error;
  }
}

/**
 * Sends each format of a refused message alone. A text alone goes first: if that is refused too, the formats are not
 * the cause.
 */
async function eachAlone(ask: Ask, blocks: ReadonlyMap<MediaFormat, ContentBlock>, refusal: unknown) {
  const text = await sendBlocks(ask, []);
  if ('refused' in text) {
    throw refusal;
  }
  const replies = [text];
  const refused: MediaFormat[] = [];
  for (const [format, block] of blocks) {
    const alone = await sendBlocks(ask, [block]);
    if ('refused' in alone) {
      refused.push(format);
    } else {
      replies.push(alone);
    }
  }
  return { replies, refused };
}

/**
 * Sends a file of each format that Converse supports.
 *
 * If a message is refused as invalid, each of its formats is sent alone, so that the result names the refused formats.
 */
export async function askMedia(ask: Ask, kind: 'image' | 'document'): Promise<Reply> {
  const replies: Reply[] = [];
  const refused: MediaFormat[] = [];
  let first: { readonly error: ReadError; readonly count: number } | undefined;
  for (const blocks of messagesOf(kind)) {
    const together = await sendBlocks(ask, blocks.values());
    if ('refused' in together) {
      first ??= { error: readError(together.refused), count: blocks.size };
      const each = await eachAlone(ask, blocks, together.refused);
      replies.push(...each.replies);
      refused.push(...each.refused);
    } else {
      replies.push(together);
    }
  }
  if (first === undefined) {
    return sumReplies(replies);
  }
  return {
    ...sumReplies(replies),
    ...(refused.length > 0
      ? {
          flaw: `the model refuses ${kind}s in the format${refused.length === 1 ? '' : 's'} ${refused.join(', ')}`,
          remedy: `send it ${kind}s in other formats only, or choose a model that accepts these`,
        }
      : {
          flaw: `the model accepts each ${kind} alone, but not ${first.count} in one message`,
          remedy: `send it fewer ${kind}s per message, or choose a model that accepts more`,
        }),
    error: shownError(first.error),
  };
}
