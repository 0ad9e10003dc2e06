import type { Price } from '../../lib/catalog/foundation-model';
import { dollarsOf } from './dollars-of';

/** Usage of one profile in a period. A count that is absent is zero. */
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
  /** 90th percentile of the time until the whole answer, in milliseconds. */
  readonly latencyP90?: number;
}

export type Counted = keyof Usage;

/** Usage of one or several profiles, with its cost. */
export interface Figures extends Required<Usage> {
  readonly picoUsd: bigint;
  /** Tokens without a known price. Their cost is not part of `picoUsd`. */
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
 * Prices the usage of one profile. The four kinds of tokens do not overlap: input tokens exclude those of the cache.
 *
 * Tokens written to the cache cost more if they are kept for an hour. The metrics do not show that, so the price for
 * the default of five minutes applies.
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

/**
 * Adds up figures. The latency is the highest of all, because a percentile of all calls does not follow from those of
 * some.
 */
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
