import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { LatencyProbe } from '../../plan/environment/latency-probes';
import { type CallFailure, readCallFailure } from './call-failure';
import { LATENCY_SAMPLES, type RoutingLatency } from './routing-latency';
import { type TimedAnswer, timeStream } from './time-stream';

/** Number of calls without a complete answer after which a routing is not called again. */
const MAX_FAILED_CALLS = 2;

/** Maximum number of retries of a throttled call. */
const THROTTLE_RETRIES = 2;
/** Longest wait before the first retry, in milliseconds. It doubles with each retry. */
const THROTTLE_MILLISECONDS = 500;

/** A routing while it is measured. */
interface Row extends RoutingLatency {
  /** Number of calls without a complete answer. */
  readonly failedCalls: number;
}

/**
 * Times every routing from this machine, with the caller's own credentials. Each routing gets a warm-up call that is
 * not counted, and then the calls that are. Calls are made one at a time, and each round calls every routing once, so
 * that a slow minute slows all of them.
 *
 * A failed call does not reject the promise: the routing holds the problem, and the other routings are still measured.
 *
 * @param onCall is called after each call, with the number of calls so far
 */
export async function measureRoutings(
  probes: readonly LatencyProbe[],
  region: string,
  onCall: (calls: number) => void,
): Promise<readonly RoutingLatency[]> {
  const { BedrockRuntimeClient } =
    require('@aws-sdk/client-bedrock-runtime') as typeof import('@aws-sdk/client-bedrock-runtime');
  const client = new BedrockRuntimeClient({
    region,
    // A retry inside the SDK would be part of the time that is measured.
    maxAttempts: 1,
    // A bearer token in the environment variables may belong to another account than the credentials.
    authSchemePreference: ['sigv4'],
  });
  try {
    let rows: readonly Row[] = probes.map((p) => ({ ...p, ...NO_CALLS }));
    let calls = 0;
    for (let round = 0; round <= LATENCY_SAMPLES; round++) {
      const next: Row[] = [];
      for (const row of rows) {
        next.push(row.failedCalls < MAX_FAILED_CALLS ? await callOnce(client, row, round > 0) : row);
        calls += 1;
        onCall(calls);
      }
      rows = next;
    }
    return rows.map(({ failedCalls, ...row }) => row);
  } finally {
    client.destroy();
  }
}

const NO_CALLS = { samples: [], inputTokens: 0, outputTokens: 0, throttles: 0, failedCalls: 0 };

/** Calls a routing once and adds the result to its row. */
async function callOnce(client: BedrockRuntimeClient, row: Row, isCounted: boolean): Promise<Row> {
  const { answer, failure, throttles } = await retryThrottled(() => timeStream(client, row.target));
  const tried = { ...row, throttles: row.throttles + throttles };
  if (failure !== undefined) {
    return {
      ...tried,
      failedCalls: failure.lasting ? MAX_FAILED_CALLS : row.failedCalls + 1,
      problem: failure.problem,
    };
  }
  const { firstTokenMilliseconds, milliseconds, inputTokens, outputTokens } = answer;
  return {
    ...tried,
    samples: isCounted ? [...row.samples, { firstTokenMilliseconds, milliseconds }] : row.samples,
    inputTokens: row.inputTokens + inputTokens,
    outputTokens: row.outputTokens + outputTokens,
  };
}

/** Outcome of a call, with the number of its attempts that were throttled. */
type CallOutcome = { readonly throttles: number } & (
  | { readonly answer: TimedAnswer; readonly failure?: undefined }
  | { readonly answer?: undefined; readonly failure: CallFailure }
);

/**
 * Makes a call and repeats it when it is throttled, after a wait with full jitter. Each attempt is timed on its own.
 */
async function retryThrottled(call: () => Promise<TimedAnswer>): Promise<CallOutcome> {
  for (let throttles = 0; ; throttles++) {
    try {
      return { answer: await call(), throttles };
    } catch (error) {
      const failure = readCallFailure(error);
      if (!failure.throttled) {
        return { failure, throttles };
      }
      if (throttles === THROTTLE_RETRIES) {
        return { failure, throttles: throttles + 1 };
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * THROTTLE_MILLISECONDS * 2 ** throttles));
    }
  }
}
