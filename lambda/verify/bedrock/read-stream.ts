import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { answerFlaw, isBlank } from './answer-flaw';
import type { Reply } from './call';
import { tokenParts } from './reply-parts';
import { streamCut, streamDisorder } from './stream-order';

/** Reads the events of ConverseStream to the end and judges whether they form an answer. Unknown events are ignored. */
export async function readStream(events: AsyncIterable<ConverseStreamOutput>, elapsed: () => number): Promise<Reply> {
  const known: ConverseStreamOutput[] = [];
  let firstTokenMilliseconds: number | undefined;
  for await (const event of events) {
    if (event.$unknown === undefined) {
      known.push(event);
    }
    if (event.contentBlockDelta !== undefined) {
      firstTokenMilliseconds ??= elapsed();
    }
  }
  const cut = streamCut(known);
  const usage = known.find(({ metadata }) => metadata !== undefined)?.metadata?.usage;
  const flaw = cut ?? streamDisorder(known) ?? contentFlaw(known);
  return {
    ...tokenParts(usage),
    ...(firstTokenMilliseconds !== undefined && { firstTokenMilliseconds }),
    ...(flaw !== undefined && { flaw }),
    ...(known.length === 0 && { nothing: true as const }),
    ...(cut !== undefined && { passes: true }),
  };
}

/** Returns the flaw in the content of a stream whose events are complete and in order. */
function contentFlaw(events: readonly ConverseStreamOutput[]): string | undefined {
  const pieces = events.flatMap(({ contentBlockStart, contentBlockDelta }) => [
    ...(contentBlockStart?.start === undefined ? [] : [{}]),
    ...(contentBlockDelta?.delta === undefined ? [] : [contentBlockDelta.delta]),
  ]);
  const { messageStart } = events[0] ?? {};
  const { metadata } = events.at(-1) ?? {};
  const stopReason = String(events.at(-2)?.messageStop?.stopReason);
  return (
    answerFlaw({
      role: messageStart?.role,
      blank: pieces.every(isBlank),
      stopReason,
      usage: metadata?.usage,
    }) ??
    (metadata?.metrics?.latencyMs === undefined ? 'the metadata of the stream does not contain the latency' : undefined)
  );
}
