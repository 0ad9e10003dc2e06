import type { Reply } from '../transport/reply';
import { eventFrame } from './event-frame';
import type { Output, ScriptedAnswer } from './scripted-answer';

/** Characters of one delta: some tokens, so that an answer is several. */
const DELTA = 24;

function pieces(text: string): readonly string[] {
  const characters = [...text];
  return Array.from({ length: Math.max(1, Math.ceil(characters.length / DELTA)) }, (_, at) =>
    characters.slice(at * DELTA, (at + 1) * DELTA).join(''),
  );
}

function contentFrames(output: Output): readonly Uint8Array[] {
  const at = { contentBlockIndex: 0 };
  const delta = (payload: unknown): Uint8Array => eventFrame('contentBlockDelta', { delta: payload, ...at });
  if (output.kind === 'text') {
    return pieces(output.text).map((text) => delta({ text }));
  }
  const { toolUseId, name, input } = output;
  return [
    eventFrame('contentBlockStart', { start: { toolUse: { toolUseId, name } }, ...at }),
    ...pieces(JSON.stringify(input)).map((piece) => delta({ toolUse: { input: piece } })),
  ];
}

/** An answer in the events of ConverseStream, in Bedrock's order. */
export function converseStreamReply({ output, stopReason, usage, metrics }: ScriptedAnswer): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'application/vnd.amazon.eventstream' },
    body: [
      eventFrame('messageStart', { role: 'assistant' }),
      ...contentFrames(output),
      eventFrame('contentBlockStop', { contentBlockIndex: 0 }),
      eventFrame('messageStop', { stopReason }),
      eventFrame('metadata', { usage, metrics }),
    ],
  };
}
