import type { ContentBlock, ToolUseBlock } from '@aws-sdk/client-bedrock-runtime';
import { boundedText } from '../../../aws/bounded-text';
import type { Reply } from './call';
import type { Answer, Ask } from './converse';
import { userMessage } from './converse-request';
import { sumReplies } from './reply-parts';

const TOOL = {
  toolSpec: {
    name: 'echo',
    description: 'Gives back a word.',
    inputSchema: { json: { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] } },
  },
};

const QUESTION = userMessage({ text: 'Call the tool echo with the word ok, then reply with the word it gives back.' });

/** A tool call is longer than a word, and a model that is free to call may say first why it does. */
const MOST_TOKENS = { forced: 128, free: 512 };

function toolUses(content: readonly ContentBlock[] = []): readonly ToolUseBlock[] {
  return content.flatMap(({ toolUse }) => toolUse ?? []);
}

/** What keeps an answer from being one call of the tool. */
function callFlaw({ message, stopReason }: NonNullable<Answer['said']>, forced: boolean): string | undefined {
  const [use, ...more] = toolUses(message.content);
  if (use === undefined) {
    const how = `the model answered without calling the tool; it ended with ${boundedText(stopReason)}`;
    return forced ? `${how}, though the request named the tool to call` : how;
  }
  if (more.length > 0) {
    return `the model called tools ${more.length + 1} times at once, and was asked for one call`;
  }
  if (stopReason !== 'tool_use') {
    return `the answer calls a tool and ended with ${boundedText(stopReason)}, not tool_use`;
  }
  if (use.name !== TOOL.toolSpec.name) {
    return `the model called the tool ${boundedText(String(use.name))}, which it was not given`;
  }
  return typeof use.input === 'object' && use.input !== null && !Array.isArray(use.input)
    ? undefined
    : 'the input of the tool call is not an object';
}

/** A round trip: the model calls a tool, is handed the result, and answers. */
export async function askTools(ask: Ask, forced: boolean): Promise<Reply> {
  const maxTokens = forced ? MOST_TOKENS.forced : MOST_TOKENS.free;
  const tools = [TOOL];
  const called = await ask({
    messages: [QUESTION],
    // Some models take no tool choice at all, and to choose freely is what they do without one.
    toolConfig: { tools, ...(forced && { toolChoice: { tool: { name: TOOL.toolSpec.name } } }) },
    maxTokens,
  });
  if (called.said === undefined) {
    return called.reply;
  }
  const flaw = callFlaw(called.said, forced);
  if (flaw !== undefined) {
    const remedy = forced
      ? 'verify again; if the error persists, look for a proxy that changes requests'
      : 'verify again: without being forced a model may answer by itself';
    return { ...called.reply, flaw, remedy };
  }
  const { message } = called.said;
  const [use] = toolUses(message.content);
  const result = { toolUseId: use?.toolUseId, content: [{ text: 'ok' }] };
  const final = await ask({
    messages: [QUESTION, message, userMessage({ toolResult: result })],
    toolConfig: { tools },
    maxTokens,
  });
  const again = toolUses(final.said?.message.content).length > 0;
  return sumReplies([
    called.reply,
    { ...final.reply, ...(again && { flaw: 'the model called the tool again instead of answering with its result' }) },
  ]);
}
