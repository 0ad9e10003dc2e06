import type { Price } from '../../lib/catalog/foundation-model';
import { dollarsOf } from './dollars-of';

/** What is counted of one profile in a stretch of time; what is absent did not happen. */
export interface Usage {
  readonly calls?: number;
  readonly throttles?: number;
  readonly clientErrors?: number;
  readonly serverErrors?: number;
  readonly legacyCalls?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** In milliseconds, of the whole answer: 90 of 100 calls were faster. */
  readonly latencyP90?: number;
}

export type Counted = keyof Usage;

/** Usage of one profile or of several, with what it costs. */
export interface Figures extends Required<Usage> {
  readonly picoUsd: bigint;
  /** Tokens of which no price is known: what they cost is not in `picoUsd`. */
  readonly unpricedTokens: number;
}

const NONE: Figures = {
  calls: 0,
  throttles: 0,
  clientErrors: 0,
  serverErrors: 0,
  legacyCalls: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  latencyP90: 0,
  picoUsd: 0n,
  unpricedTokens: 0,
};

/**
 * Prices the usage of one profile. The four kinds of tokens are counted apart: input is without what the cache held.
 *
 * What is written to the cache costs more where it is kept for an hour; the metrics do not tell, and it is priced at the
 * five minutes that are the default.
 */
export function priced(usage: Usage, price: Price | undefined): Figures {
  const kinds = [
    [usage.inputTokens, price?.input],
    [usage.outputTokens, price?.output],
    [usage.cacheReadTokens, price?.cacheRead],
    [usage.cacheWriteTokens, price?.cacheWrite5m],
  ] as const;
  let picoUsd = 0n;
  let unpricedTokens = 0;
  for (const [tokens = 0, usdPerMillion] of kinds) {
    const dollars = dollarsOf(tokens, usdPerMillion);
    picoUsd += dollars ?? 0n;
    unpricedTokens += dollars === undefined ? tokens : 0;
  }
  return { ...NONE, ...usage, picoUsd, unpricedTokens };
}

/** All of it together; of latencies the highest, since no percentile of all calls follows from those of some. */
export function sumOf(all: readonly Figures[]): Figures {
  return all.reduce(
    (a, b) => ({
      calls: a.calls + b.calls,
      throttles: a.throttles + b.throttles,
      clientErrors: a.clientErrors + b.clientErrors,
      serverErrors: a.serverErrors + b.serverErrors,
      legacyCalls: a.legacyCalls + b.legacyCalls,
      inputTokens: a.inputTokens + b.inputTokens,
      outputTokens: a.outputTokens + b.outputTokens,
      cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
      cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
      latencyP90: Math.max(a.latencyP90, b.latencyP90),
      picoUsd: a.picoUsd + b.picoUsd,
      unpricedTokens: a.unpricedTokens + b.unpricedTokens,
    }),
    NONE,
  );
}
