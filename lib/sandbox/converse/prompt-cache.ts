import type { Prefix } from './cached-prefixes';

/** What a request read from the cache, and what it left there, in tokens. */
export interface CacheUse {
  readonly read: number;
  readonly write: number;
}

/** As long as Bedrock keeps a prefix by default, since it was last read (User Guide, "Prompt caching", November 2026). */
const KEPT_MILLISECONDS = 300_000;
const MOST = 10_000;

/** Prefixes that are kept between requests. */
export class PromptCache {
  /** When each ends to be kept, in milliseconds; the next one to end stands first. */
  readonly #ends = new Map<string, number>();

  /**
   * Reads the longest of the prefixes that is kept, and keeps all of them anew.
   *
   * @param owner what shares a cache: requests of one account to one model in one Region
   * @param least in tokens; what is shorter is not kept
   */
  use(owner: string, prefixes: readonly Prefix[], least: number, now: Date): CacheUse {
    const long = prefixes.filter(({ tokens }) => tokens >= least);
    const longest = (of: readonly Prefix[]): number => Math.max(0, ...of.map(({ tokens }) => tokens));
    const key = ({ digest }: Prefix): string => `${owner} ${digest}`;
    const read = longest(long.filter((prefix) => (this.#ends.get(key(prefix)) ?? 0) > now.getTime()));
    for (const prefix of long) {
      this.#ends.delete(key(prefix));
      this.#ends.set(key(prefix), now.getTime() + KEPT_MILLISECONDS);
    }
    for (const [kept, end] of this.#ends) {
      if (this.#ends.size <= MOST && end > now.getTime()) {
        break;
      }
      this.#ends.delete(kept);
    }
    return { read, write: longest(long) - read };
  }
}
