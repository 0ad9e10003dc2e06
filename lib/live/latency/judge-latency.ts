import type { Routing } from '../../catalog/routing';
import { LATENCY_SAMPLES, type RoutingLatency } from './routing-latency';

/** Measured routings of one model, and the closest of them. */
export interface ModelLatency {
  readonly modelId: string;
  readonly routings: readonly RoutingLatency[];
  /** Routings with enough samples to compare, sorted by their median time to first token, fastest first. */
  readonly compared: readonly Routing[];
  /**
   * The closest of the compared routings. There are several when they cannot be told apart, and none when none was
   * compared.
   */
  readonly closest: readonly Routing[];
}

/** Minimum number of samples of a routing that is compared. With fewer, chance alone would name a winner too often. */
const MIN_SAMPLES = 4;

/**
 * Decides for each model which routing is closest, by time to first token.
 *
 * Two routings are compared by pairs: each sample of one with each sample of the other. The routing with the lower
 * median is closer when fewer than one pair in ten contradicts it (the U of Mann and Whitney, 1947). With five samples
 * each, at most two of the 25 pairs may contradict it. Chance alone gives this result for two equal routings once in 31
 * measurements, however their times are distributed. In all other cases the two routings cannot be told apart.
 */
export function judgeLatency(measured: readonly RoutingLatency[]): readonly ModelLatency[] {
  return [...new Set(measured.map((m) => m.modelId))].map((modelId) => {
    const routings = measured.filter((m) => m.modelId === modelId);
    const compared = routings
      .filter(({ samples }) => samples.length >= MIN_SAMPLES)
      .sort((a, b) => median(firstTokens(a)) - median(firstTokens(b)));
    const [fastest] = compared;
    const closest =
      fastest === undefined ? [] : compared.filter((other) => !isCloser(firstTokens(fastest), firstTokens(other)));
    return { modelId, routings, compared: compared.map((r) => r.routing), closest: closest.map((r) => r.routing) };
  });
}

/** True when every call of a routing got a complete answer; the warm-up does not count. */
export function isMeasured({ samples }: RoutingLatency): boolean {
  return samples.length === LATENCY_SAMPLES;
}

/** Lists the times to the first token, in milliseconds, in the order of the calls. */
export function firstTokens({ samples }: RoutingLatency): readonly number[] {
  return samples.map((s) => s.firstTokenMilliseconds);
}

/** Returns the middle value. For an even number of values, it is the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low = Number.NaN, high = Number.NaN] = [
    Math.floor((sorted.length - 1) / 2),
    Math.floor(sorted.length / 2),
  ].map((at) => sorted[at]);
  return (low + high) / 2;
}

function isCloser(samples: readonly number[], others: readonly number[]): boolean {
  const contradicting = samples.reduce((sum, mine) => sum + others.filter((theirs) => theirs <= mine).length, 0);
  return contradicting * 10 < samples.length * others.length;
}
