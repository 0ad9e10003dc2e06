import type { Routing } from '../../catalog/routing';
import { LATENCY_SAMPLES, type RoutingLatency } from './routing-latency';

/** The routings of one model, and which of them answers first. */
export interface ModelLatency {
  readonly modelId: string;
  readonly routings: readonly RoutingLatency[];
  /** Routings with samples enough to compare, by their median, the fastest first. */
  readonly compared: readonly Routing[];
  /** The closest of those: one, or several that cannot be told apart, or none where nothing could be compared. */
  readonly closest: readonly Routing[];
}

/** Fewer samples than this are not compared: chance alone would name a winner too often. */
const FEWEST_SAMPLES = 4;

/**
 * Says for each model which routing is closest by time to first token.
 *
 * Of two routings the one with the lower median is closer when, of all pairs of a sample of one with a sample of the other,
 * fewer than one in ten says otherwise (the U of Mann and Whitney, 1947). With five samples each that is at most two of the
 * 25 pairs, which chance alone gives two equal routings once in 31 measurements, however their times are distributed.
 * Otherwise the two cannot be told apart.
 */
export function judgeLatency(measured: readonly RoutingLatency[]): readonly ModelLatency[] {
  return [...new Set(measured.map((m) => m.modelId))].map((modelId) => {
    const routings = measured.filter((m) => m.modelId === modelId);
    const compared = routings
      .filter(({ samples }) => samples.length >= FEWEST_SAMPLES)
      .sort((a, b) => median(firstTokens(a)) - median(firstTokens(b)));
    const [fastest] = compared;
    const closest =
      fastest === undefined ? [] : compared.filter((other) => !isCloser(firstTokens(fastest), firstTokens(other)));
    return { modelId, routings, compared: compared.map((r) => r.routing), closest: closest.map((r) => r.routing) };
  });
}

/** Whether every call of a routing that counts was answered whole. */
export function isMeasured({ samples }: RoutingLatency): boolean {
  return samples.length === LATENCY_SAMPLES;
}

/** Milliseconds to the first token, in the order measured. */
export function firstTokens({ samples }: RoutingLatency): readonly number[] {
  return samples.map((s) => s.firstTokenMilliseconds);
}

/** The middle value; of an even number of values, halfway between the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low = Number.NaN, high = Number.NaN] = [
    Math.floor((sorted.length - 1) / 2),
    Math.floor(sorted.length / 2),
  ].map((at) => sorted[at]);
  return (low + high) / 2;
}

function isCloser(samples: readonly number[], others: readonly number[]): boolean {
  const against = samples.reduce((sum, mine) => sum + others.filter((theirs) => theirs <= mine).length, 0);
  return against * 10 < samples.length * others.length;
}
