import type { Reply } from '../transport/reply';
import type { ScriptedAnswer } from './scripted-answer';

/** Formats an answer as a response of Converse. */
export function converseReply({ output, stopReason, usage, metrics }: ScriptedAnswer): Reply {
  const { kind, ...content } = output;
  const block = kind === 'text' ? content : { toolUse: content };
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ output: { message: { role: 'assistant', content: [block] } }, stopReason, usage, metrics }),
  };
}
