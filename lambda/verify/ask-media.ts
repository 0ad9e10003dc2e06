import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import type { Reply } from './call';
import type { Ask } from './converse';
import { ASKED, userMessage } from './converse-request';
import { type MediaFormat, mediaFile } from './media';
import { type ReadError, readError } from './read-error';
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

/**
 * Sends a file of each format that Converse takes.
 *
 * Where a message is refused as invalid, each of its formats is tried by itself, so that the result names those that the
 * model refuses. Only where a text alone is answered: what is refused too is refused for something else.
 */
export async function askMedia(ask: Ask, kind: 'image' | 'document'): Promise<Reply> {
  const replies: Reply[] = [];
  const refusals: { readonly error: ReadError; readonly formats: readonly MediaFormat[]; readonly alone: boolean }[] =
    [];
  for (const blocks of messagesOf(kind)) {
    const together = await tried(ask, blocks.values());
    if (!('refused' in together)) {
      replies.push(together);
      continue;
    }
    const text = await tried(ask, []);
    if ('refused' in text) {
      throw together.refused;
    }
    replies.push(text);
    const formats: MediaFormat[] = [];
    for (const [format, block] of blocks) {
      const alone = await tried(ask, [block]);
      if ('refused' in alone) {
        formats.push(format);
      } else {
        replies.push(alone);
      }
    }
    const error = readError(together.refused);
    refusals.push(
      formats.length > 0 ? { error, formats, alone: true } : { error, formats: [...blocks.keys()], alone: false },
    );
  }
  const [first] = refusals;
  if (first === undefined) {
    return sumReplies(replies);
  }
  const { name, status, message } = first.error;
  const refused = refusals.flatMap(({ alone, formats }) => (alone ? formats : []));
  return {
    ...sumReplies(replies),
    flaw:
      refused.length > 0
        ? `the model refuses ${kind}s of the ${refused.length === 1 ? 'format' : 'formats'} ${refused.join(', ')}`
        : `the model takes each ${kind} by itself, and not ${first.formats.length} in one message`,
    remedy:
      refused.length > 0
        ? `send it ${kind}s of other formats only, or choose a model that takes these`
        : `send it one ${kind} a message, or choose a model that takes more`,
    error: { name, ...(status !== undefined && { status }), message },
  };
}
