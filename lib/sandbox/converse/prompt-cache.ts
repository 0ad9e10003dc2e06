/** The content before a cache point. */
export interface Prefix {
  readonly digest: string;
  readonly tokens: number;
}

/** Tokens that a request read from the cache and wrote to it. */
export interface CacheUse {
  readonly read: number;
  readonly write: number;
}

/** Bedrock's default lifetime of a prefix after it was last read (User Guide, "Prompt caching", November 2026). */
const LIFETIME_MILLISECONDS = 300_000;
const MAX_PREFIXES = 10_000;

/** The prefixes that the sandbox caches between requests. */
export class PromptCache {
  /** Expiry time of each cached prefix, in milliseconds since the epoch, earliest first. */
  readonly #expiries = new Map<string, number>();

  /**
   * Reads the longest prefix that is cached, then caches all prefixes or renews them.
   *
   * @param owner the account, Region and model, whose requests share a cache
   * @param minTokens shorter prefixes are not cached
   */
  use(owner: string, prefixes: readonly Prefix[], minTokens: number, now: Date): CacheUse {
    const long = prefixes.filter(({ tokens }) => tokens >= minTokens);
    const longest = (those: readonly Prefix[]): number => Math.max(0, ...those.map(({ tokens }) => tokens));
    const key = ({ digest }: Prefix): string => `${owner} ${digest}`;
    const read = longest(long.filter((prefix) => (this.#expiries.get(key(prefix)) ?? 0) > now.getTime()));
    for (const prefix of long) {
      this.#expiries.delete(key(prefix));
      this.#expiries.set(key(prefix), now.getTime() + LIFETIME_MILLISECONDS);
    }
    for (const [oldest, expiry] of this.#expiries) {
      if (this.#expiries.size <= MAX_PREFIXES && expiry > now.getTime()) {
        break;
      }
      this.#expiries.delete(oldest);
    }
    return { read, write: longest(long) - read };
  }
}
