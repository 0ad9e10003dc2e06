import type { JsonField } from '../json-field';
import type { Content } from './content';
import { readContent } from './read-content';

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: readonly Content[];
}

const MAX_IMAGES = 20;
const MAX_DOCUMENTS = 5;

function readMessage(field: JsonField): Message {
  const role = field.at('role').oneOf(['user', 'assistant']);
  const blocks = field.at('content');
  const content = blocks.list().map((block) => readContent(block, role));
  const count = (kind: Content['kind']): number => content.filter((block) => block.kind === kind).length;
  if (content.length === 0) {
    throw blocks.invalid('is empty. Add a ContentBlock object to the content field and try again.');
  }
  if (count('image') > MAX_IMAGES) {
    throw blocks.invalid(`may hold at most ${MAX_IMAGES} images, got ${count('image')}`);
  }
  if (count('document') > MAX_DOCUMENTS) {
    throw blocks.invalid(`may hold at most ${MAX_DOCUMENTS} documents, got ${count('document')}`);
  }
  if (count('document') > 0 && count('text') === 0) {
    throw blocks.invalid('holds a document, so it must also hold a text block');
  }
  return { role, content };
}

function ids(message: Message | undefined, kind: 'toolUse' | 'toolResult'): readonly string[] {
  return (message?.content ?? []).flatMap((block) => (block.kind === kind ? [block.id] : []));
}

/** Refuses a tool use without a tool result in the next message, and a tool result without a tool use before it. */
function checkToolTurns(field: JsonField, message: Message, previous: Message | undefined): void {
  const uses = ids(previous, 'toolUse');
  const results = ids(message, 'toolResult');
  const missing = uses.filter((id) => !results.includes(id));
  const unexpected = results.filter((id) => !uses.includes(id));
  if (message.role === 'user' && missing.length > 0) {
    throw field
      .at('content')
      .invalid(`is expected to hold toolResult blocks for the following Ids: ${missing.join(', ')}`);
  }
  if (unexpected.length > 0) {
    throw field.at('content').invalid(`holds toolResult blocks that answer no toolUse: ${unexpected.join(', ')}`);
  }
}

/** Reads a conversation, in which user and assistant alternate and the user comes first and last. */
export function readMessages(field: JsonField): readonly Message[] {
  const fields = field.list();
  const messages = fields.map(readMessage);
  if (messages.length === 0) {
    throw field.invalid('must hold at least one message');
  }
  if (messages[0]?.role !== 'user') {
    throw field.invalid(
      'is wrong: A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  }
  if (messages.some(({ role }, at) => role === messages[at - 1]?.role)) {
    throw field.invalid(
      'is wrong: A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
    );
  }
  if (messages.at(-1)?.role !== 'user') {
    throw field.invalid('is wrong: the conversation must end with a user message.');
  }
  for (const [at, message] of messages.entries()) {
    const messageField = fields[at];
    if (messageField !== undefined) {
      checkToolTurns(messageField, message, messages[at - 1]);
    }
  }
  return messages;
}
