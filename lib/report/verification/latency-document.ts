import { firstTokens, median } from '../../live/latency/judge-latency';
import { LATENCY_SAMPLES, type RoutingLatency } from '../../live/latency/routing-latency';
import { document } from '../format/document';
import { estimatedUsd } from './estimated-usd';
import { type LatencyReport, totalUsd } from './latency-lines';

/** Builds the document that `verify --region-latency --json` prints. */
export function latencyDocument(report: LatencyReport, exitCode: number) {
  const { place, models } = report;
  const { environment, account, region } = place;
  return document('verify', exitCode, {
    environment,
    account,
    region,
    samples: LATENCY_SAMPLES,
    models: models.map(({ modelId, closest, routings }) => ({
      model: modelId,
      closest,
      routings: routings.map((r) => ({
        routing: r.routing,
        target: r.target,
        ...latencyFigures(r),
        firstTokenMilliseconds: firstTokens(r).map(rounded),
        throttles: r.throttles,
        estimatedUsd: estimatedUsd(r, region) ?? null,
        ...(r.problem !== undefined && { problem: r.problem }),
      })),
    })),
    estimatedUsd: totalUsd(report),
  });
}

/** Summarizes the latencies of one routing, in milliseconds. A figure is null when no call was answered. */
export function latencyFigures(latency: RoutingLatency) {
  const first = firstTokens(latency);
  const whole = latency.samples.map((s) => s.milliseconds);
  const figure = (value: number): number | null => (first.length === 0 ? null : rounded(value));
  return {
    answered: first.length,
    medianFirstTokenMilliseconds: figure(median(first)),
    slowestFirstTokenMilliseconds: figure(Math.max(...first)),
    medianMilliseconds: figure(median(whole)),
  };
}

/** Rounds to a tenth of a millisecond. Smaller differences are noise. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
