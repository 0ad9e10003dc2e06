import type { Clock } from '../../aws/clock';
import { retry } from '../../aws/retry/retry';
import type { QuotaPage } from '../../aws/services/service-quotas';
import type { TokenQuota } from './model-quota';

/** Quotas of tokens a minute, and when they were read. */
export interface KnownQuotas {
  readonly quotas: readonly TokenQuota[];
  /** Seconds since 1970. */
  readonly at: number;
}

/** Time for which quotas stay known to a warm function, in seconds. They change when AWS grants an increase. */
const VALID_SECONDS = 3_600;

/** Maximum number of pages of 100 quotas that are read. Bedrock has less than 2,000 quotas (November 2026). */
const MAX_PAGES = 50;

/**
 * Returns the account's quotas of tokens a minute. If Service Quotas does not answer, says so in the log and returns
 * `undefined`: the use of a quota that is not known is not written.
 */
export async function tokenQuotas(
  readPage: QuotaPage,
  clock: Clock,
  log: (line: string) => void,
  now: number,
  known: KnownQuotas | undefined,
): Promise<KnownQuotas | undefined> {
  if (known !== undefined && now - known.at < VALID_SECONDS) {
    return known;
  }
  const quotas: TokenQuota[] = [];
  let token: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const current = token;
    const { ended } = await retry(clock, (signal) => readPage(current, signal));
    if ('failure' in ended) {
      const { name, message } = ended.failure.error;
      const remedy = name.startsWith('AccessDenied') ? '; allow servicequotas:ListServiceQuotas' : '';
      log(JSON.stringify({ quotas: `not known, because Service Quotas did not answer: ${name}: ${message}${remedy}` }));
      return undefined;
    }
    quotas.push(
      ...ended.value.quotas
        .filter(({ name, value }) => /tokens per minute/i.test(name) && value > 0)
        .map(({ name, value }) => ({ name, tokensPerMinute: value })),
    );
    token = ended.value.nextToken;
    if (token === undefined) {
      break;
    }
  }
  return { quotas, at: now };
}
