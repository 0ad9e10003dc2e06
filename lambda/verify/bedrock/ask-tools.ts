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

/**
 * Token limits. A tool call is longer than a word, and without a forced tool choice a model may first explain its call.
 */
const MAX_TOKENS = { forced: 128, free: 512 };

function toolUses(content: readonly ContentBlock[] = []): readonly ToolUseBlock[] {
  return content.flatMap(({ toolUse }) => toolUse ?? []);
}

/** Returns the reason why an answer is not exactly one call of the tool, or `undefined` if it is. */
function callFlaw({ message, stopReason }: NonNullable<Answer['output']>, forced: boolean): string | undefined {
  const [use, ...more] = toolUses(message.content);
  if (use === undefined) {
    const how = `the model answered without calling the tool; its stop reason is ${boundedText(stopReason)}`;
    return forced ? `${how}, although the request named the tool to call` : how;
  }
  if (more.length > 0) {
    return `the model called tools ${more.length + 1} times at once instead of once`;
  }
  if (stopReason !== 'tool_use') {
    return `the answer calls a tool, but its stop reason is ${boundedText(stopReason)} instead of tool_use`;
  }
  if (use.name !== TOOL.toolSpec.name) {
    return `the model called the tool ${boundedText(String(use.name))}, which the request does not define`;
  }
  return typeof use.input === 'object' && use.input !== null && !Array.isArray(use.input)
    ? undefined
    : 'the input of the tool call is not an object';
}

/** Makes a round trip: the model calls a tool, receives the result and answers. */
export async function askTools(ask: Ask, forced: boolean): Promise<Reply> {
  const maxTokens = forced ? MAX_TOKENS.forced : MAX_TOKENS.free;
  const tools = [TOOL];
  const called = await ask({
    messages: [QUESTION],
    // Some models accept no tool choice. Without one, a model chooses freely.
    toolConfig: { tools, ...(forced && { toolChoice: { tool: { name: TOOL.toolSpec.name } } }) },
    maxTokens,
  });
  if (called.output === undefined) {
    return called.reply;
  }
  const flaw = callFlaw(called.output, forced);
  if (flaw !== undefined) {
    const remedy = forced
      ? 'verify again; if the error persists, look for a proxy that changes requests'
      : 'verify again: without a forced tool choice, a model may answer without the tool';
    return { ...called.reply, flaw, remedy };
  }
  const { message } = called.output;
  const [use] = toolUses(message.content);
  const result = { toolUseId: use?.toolUseId, content: [{ text: 'ok' }] };
  const final = await ask({
    messages: [QUESTION, message, userMessage({ toolResult: result })],
    toolConfig: { tools },
    maxTokens,
  });
  const again = toolUses(final.output?.message.content).length > 0;
  return sumReplies([
    called.reply,
    { ...final.reply, ...(again && { flaw: 'the model called the tool again instead of answering with its result' }) },
  ]);
}
