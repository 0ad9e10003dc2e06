import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import { type ReadError, readError, shownError } from '../../../aws/errors/read-error';
import type { Reply } from './call';
import type { Ask } from './converse';
import { ASKED, userMessage } from './converse-request';
import { type MediaFormat, mediaFile } from './media';
import { sumReplies } from './reply-parts';

const IMAGES = ['png', 'jpeg', 'gif', 'webp'] as const satisfies readonly MediaFormat[];
/** A message may hold five. */
const DOCUMENTS = [
  ['pdf', 'csv', 'doc', 'docx', 'xls'],
  ['xlsx', 'html', 'txt', 'md'],
] as const satisfies readonly (readonly MediaFormat[])[];

/** The messages in which the formats are tried first, as blocks by format. */
function messagesOf(kind: 'image' | 'document'): readonly ReadonlyMap<MediaFormat, ContentBlock>[] {
  if (kind === 'image') {
    return [new Map(IMAGES.map((format) => [format, { image: { format, source: { bytes: mediaFile(format) } } }]))];
  }
  return DOCUMENTS.map(
    (formats) =>
      new Map(
        formats.map((format, at) => {
          const source = { bytes: mediaFile(format) };
          // A model reads the name, so it says nothing but that it is one.
          return [format, { document: { format, name: `document ${at + 1}`, source } }];
        }),
      ),
  );
}

function isInvalid({ name, status }: ReadError): boolean {
  return name === 'ValidationException' && status === 400;
}

/** The reply, or the error where Bedrock refused the request as invalid; rejects with every other error. */
async function tried(ask: Ask, blocks: Iterable<ContentBlock>): Promise<Reply | { readonly refused: unknown }> {
  try {
    return (await ask({ messages: [userMessage(...blocks, ASKED)] })).reply;
  } catch (error) {
    if (isInvalid(readError(error))) {
      return { refused: error };
    }
    throw error;
  }
}

/** Tries the formats of a message by themselves, once a text alone is answered: `refusal` is then about the formats. */
async function eachAlone(ask: Ask, blocks: ReadonlyMap<MediaFormat, ContentBlock>, refusal: unknown) {
  const text = await tried(ask, []);
  if ('refused' in text) {
    throw refusal;
  }
  const replies = [text];
  const refused: MediaFormat[] = [];
  for (const [format, block] of blocks) {
    const alone = await tried(ask, [block]);
    if ('refused' in alone) {
      refused.push(format);
    } else {
      replies.push(alone);
    }
  }
  return { replies, refused };
}

/**
 * Sends a file of each format that Converse takes.
 *
 * Where a message is refused as invalid, each of its formats is tried by itself, so that the result names those that the
 * model refuses.
 */
export async function askMedia(ask: Ask, kind: 'image' | 'document'): Promise<Reply> {
  const replies: Reply[] = [];
  const refused: MediaFormat[] = [];
  let first: { readonly error: ReadError; readonly count: number } | undefined;
  for (const blocks of messagesOf(kind)) {
    const together = await tried(ask, blocks.values());
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
          flaw: `the model refuses ${kind}s of the format${refused.length === 1 ? '' : 's'} ${refused.join(', ')}`,
          remedy: `send it ${kind}s of other formats only, or choose a model that takes these`,
        }
      : {
          flaw: `the model takes each ${kind} by itself, and not ${first.count} in one message`,
          remedy: `send it fewer ${kind}s a message, or choose a model that takes more`,
        }),
    error: shownError(first.error),
  };
}
