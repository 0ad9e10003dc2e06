import { readJsonAnswer } from './json-answer';
import type { Post } from './post';

/** A quota of a service. */
export interface ServiceQuota {
  readonly name: string;
  readonly value: number;
}

/** Reads one page of the quotas of Bedrock in the account and Region. */
export type QuotaPage = (
  nextToken: string | undefined,
  signal: AbortSignal,
) => Promise<{ readonly quotas: readonly ServiceQuota[]; readonly nextToken?: string }>;

interface PageBody {
  readonly Quotas?: readonly { readonly QuotaName?: string; readonly Value?: number }[];
  readonly NextToken?: string | null;
}

/**
 * Returns a function that reads pages of Bedrock's quotas, with the account's own values (Service Quotas API reference,
 * ListServiceQuotas; AWS JSON 1.1, botocore 1.44.5).
 */
export function bedrockQuotaPages(post: Post): QuotaPage {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'ServiceQuotasV20190624.ListServiceQuotas',
  };
  return async (NextToken, signal) => {
    const body = JSON.stringify({ ServiceCode: 'bedrock', MaxResults: 100, NextToken });
    const page = readJsonAnswer(await post(headers, body, signal)) as PageBody;
    return {
      quotas: (page.Quotas ?? []).map(({ QuotaName = '', Value = 0 }) => ({ name: QuotaName, value: Value })),
      ...(page.NextToken && { nextToken: page.NextToken }),
    };
  };
}
