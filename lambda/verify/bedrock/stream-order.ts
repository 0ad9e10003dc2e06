import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';

type Events = readonly ConverseStreamOutput[];

/**
 * Returns the reason why a stream is incomplete, or `undefined` if it is not. The SDK reports no error for a stream
 * that ends early.
 */
export function streamCut(events: Events): string | undefined {
  const stop = events.findIndex(({ messageStop }) => messageStop !== undefined);
  if (events.length === 0) {
    return 'the stream ended without an event';
  }
  if (stop === -1) {
    return 'the stream ended without messageStop';
  }
  return events.slice(stop).some(({ metadata }) => metadata !== undefined)
    ? undefined
    : 'the stream ended without metadata after messageStop';
}

/** Returns the flaw in the order of a complete stream, which is messageStart, content, messageStop, metadata. */
export function streamDisorder(events: Events): string | undefined {
  const [first, ...rest] = events;
  if (first?.messageStart === undefined) {
    return 'the stream did not begin with messageStart';
  }
  if (rest.some(({ messageStart }) => messageStart !== undefined)) {
    return 'the stream contains more than one messageStart';
  }
  const stop = events.findIndex(({ messageStop }) => messageStop !== undefined);
  const [, ...after] = events.slice(stop);
  if (after.length !== 1) {
    return 'the stream contains more than metadata after messageStop';
  }
  return blockDisorder(events.slice(0, stop));
}

/**
 * Returns the flaw in the order of the blocks. A block starts with contentBlockStart, or as text with its first delta,
 * and ends with contentBlockStop.
 */
function blockDisorder(events: Events): string | undefined {
  const begun = new Set<number | undefined>();
  const ended = new Set<number | undefined>();
  for (const { contentBlockStart, contentBlockDelta, contentBlockStop } of events) {
    const event = contentBlockStart ?? contentBlockDelta ?? contentBlockStop;
    if (event === undefined) {
      continue;
    }
    const { contentBlockIndex } = event;
    if (ended.has(contentBlockIndex)) {
      return `the stream contains content of block ${contentBlockIndex} after its contentBlockStop`;
    }
    if (contentBlockStart !== undefined && begun.has(contentBlockIndex)) {
      return `the stream contains contentBlockStart of block ${contentBlockIndex} after content of that block`;
    }
    begun.add(contentBlockIndex);
    if (contentBlockStop !== undefined) {
      ended.add(contentBlockIndex);
    }
  }
  const open = [...begun].find((index) => !ended.has(index));
  return open === undefined ? undefined : `the stream contains no contentBlockStop of block ${open}`;
}
