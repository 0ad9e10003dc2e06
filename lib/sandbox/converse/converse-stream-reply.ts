import type { Reply } from '../transport/reply';
import { eventFrame } from './event-frame';
import type { Output, ScriptedAnswer } from './scripted-answer';

/** Characters in one delta: a few tokens, so that an answer arrives in several deltas. */
const DELTA_CHARACTERS = 24;

function pieces(text: string): readonly string[] {
  const characters = [...text];
  return Array.from({ length: Math.max(1, Math.ceil(characters.length / DELTA_CHARACTERS)) }, (_, at) =>
    characters.slice(at * DELTA_CHARACTERS, (at + 1) * DELTA_CHARACTERS).join(''),
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

/** Formats an answer as the events of ConverseStream, in Bedrock's order. */
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
