import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { LatencyProbe } from '../../plan/environment/latency-probes';
import { type CallFailure, readCallFailure } from './call-failure';
import { LATENCY_SAMPLES, type RoutingLatency } from './routing-latency';
import { type TimedAnswer, timeStream } from './time-stream';

/** A routing that gave no whole answer so often is not called again. */
const CALLS_IN_VAIN = 2;

/** A throttled call is tried again so often. */
const THROTTLE_RETRIES = 2;
const THROTTLE_MILLISECONDS = 500;

/** A routing while it is measured. */
interface Row extends RoutingLatency {
  readonly inVain: number;
}

/**
 * Times every routing from this machine with the caller's own credentials: a warm-up that is not counted, then the samples,
 * one call at a time and round by round, so that a slow minute is a slow minute for all.
 *
 * Never rejects for what a call meets: the routing says it, and the others are measured.
 */
export async function measureRoutings(
  probes: readonly LatencyProbe[],
  region: string,
  called: (calls: number) => void,
): Promise<readonly RoutingLatency[]> {
  const { BedrockRuntimeClient } =
    require('@aws-sdk/client-bedrock-runtime') as typeof import('@aws-sdk/client-bedrock-runtime');
  const client = new BedrockRuntimeClient({
    region,
    // A retry inside the SDK would be part of the time that is measured.
    maxAttempts: 1,
    // A bearer token in the environment may be of another account than the credentials.
    authSchemePreference: ['sigv4'],
  });
  try {
    let rows: readonly Row[] = probes.map((p) => ({ ...p, ...NOTHING_YET }));
    let calls = 0;
    for (let round = 0; round <= LATENCY_SAMPLES; round++) {
      const next: Row[] = [];
      for (const row of rows) {
        next.push(row.inVain < CALLS_IN_VAIN ? await callOnce(client, row, round > 0) : row);
        calls += 1;
        called(calls);
      }
      rows = next;
    }
    return rows.map(({ inVain, ...row }) => row);
  } finally {
    client.destroy();
  }
}

const NOTHING_YET = { samples: [], inputTokens: 0, outputTokens: 0, throttles: 0, inVain: 0 };

/** One call of a row, and what it adds to it. */
async function callOnce(client: BedrockRuntimeClient, row: Row, counts: boolean): Promise<Row> {
  const { answer, failure, throttles } = await untilNotThrottled(() => timeStream(client, row.target));
  const seen = { ...row, throttles: row.throttles + throttles };
  if (failure !== undefined) {
    return { ...seen, inVain: failure.lasting ? CALLS_IN_VAIN : row.inVain + 1, problem: failure.problem };
  }
  const { firstTokenMilliseconds, milliseconds, inputTokens, outputTokens } = answer;
  return {
    ...seen,
    samples: counts ? [...row.samples, { firstTokenMilliseconds, milliseconds }] : row.samples,
    inputTokens: row.inputTokens + inputTokens,
    outputTokens: row.outputTokens + outputTokens,
  };
}

type Called = { readonly throttles: number } & (
  | { readonly answer: TimedAnswer; readonly failure?: undefined }
  | { readonly answer?: undefined; readonly failure: CallFailure }
);

/** Calls, and calls again when throttled, after a wait with full jitter; each attempt is timed by itself. */
async function untilNotThrottled(call: () => Promise<TimedAnswer>): Promise<Called> {
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
