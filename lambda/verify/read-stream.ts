import type { ConverseStreamOutput, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import type { Reply } from './call';

/**
 * Reads the events of ConverseStream to their end.
 *
 * A whole answer begins with `messageStart` and ends with `messageStop` and then `metadata`. The SDK ends the loop
 * without an error when the connection closes earlier, so the order is what tells. Unknown events are passed over.
 */
export async function readStream(events: AsyncIterable<ConverseStreamOutput>, elapsed: () => number): Promise<Reply> {
  let begun = false;
  let startedFirst = false;
  let stopped = false;
  let usage: TokenUsage | undefined;
  let whole = false;
  let firstTokenMilliseconds: number | undefined;
  for await (const event of events) {
    if (event.$unknown !== undefined) {
      continue;
    }
    startedFirst ||= !begun && event.messageStart !== undefined;
    begun = true;
    if (event.contentBlockDelta !== undefined) {
      firstTokenMilliseconds ??= elapsed();
    }
    if (event.metadata !== undefined) {
      usage = event.metadata.usage;
      whole = stopped;
    }
    stopped ||= event.messageStop !== undefined;
  }
  const flaw = !begun
    ? 'the stream ended without an event'
    : !startedFirst
      ? 'the stream did not begin with messageStart'
      : !stopped
        ? 'the stream ended without messageStop'
        : !whole
          ? 'the stream ended without metadata after messageStop'
          : undefined;
  return {
    ...(usage?.inputTokens !== undefined && { inputTokens: usage.inputTokens }),
    ...(usage?.outputTokens !== undefined && { outputTokens: usage.outputTokens }),
    ...(firstTokenMilliseconds !== undefined && { firstTokenMilliseconds }),
    ...(flaw !== undefined && { flaw }),
    ...(!whole && { cut: true }),
  };
}
