/** A list price of AWS, in US dollars per unit, with its source. */
export interface AwsPrice {
  readonly usd: number;
  readonly unit: string;
  readonly source: string;
}

/** Date of the price collection, `YYYY-MM-DD`. AWS's price lists themselves were read in October 2025. */
export const AWS_PRICES_DATE = '2026-11-21';

/** Region of the prices. Prices in other Regions differ by a few percent. */
export const AWS_PRICES_REGION = 'us-east-1';

export const PRICE_LIST = 'AWS Price List API, read 2025-10-28';
export const PRICING_PAGE = 'AWS pricing page, quoted by a third party, 2026-11';

/**
 * List prices in us-east-1, without free tier, for what an environment uses besides the models. The monthly price of a
 * resource is part of its type (`lib/account/types`).
 */
export const AWS_PRICES = {
  metric: { usd: 0.3, unit: 'custom metric and month, the first 10,000', source: PRICE_LIST },
  furtherMetric: { usd: 0.1, unit: 'custom metric and month, beyond 10,000', source: PRICE_LIST },
  metricRead: { usd: 0.01 / 1_000, unit: 'metric requested by GetMetricData', source: PRICE_LIST },
  cloudWatchRequest: { usd: 0.01 / 1_000, unit: 'other request to CloudWatch', source: PRICE_LIST },
  lambdaSecond: { usd: 0.0000133334, unit: 'GB-second of memory, arm64', source: PRICE_LIST },
  lambdaRequest: { usd: 0.2 / 1_000_000, unit: 'function call', source: PRICE_LIST },
  logGigabyte: { usd: 0.5, unit: 'GB written to CloudWatch Logs', source: PRICE_LIST },
  costExplorerRequest: { usd: 0.01, unit: 'request to Cost Explorer', source: 'AWS Cost Explorer FAQ, 2026-11' },
  stateTransition: { usd: 0.025 / 1_000, unit: 'Step Functions state transition', source: PRICING_PAGE },
} as const satisfies Readonly<Record<string, AwsPrice>>;

/** Number of an account's custom metrics at the `metric` price. Further metrics have the `furtherMetric` price. */
export const METRICS_AT_FIRST_PRICE = 10_000;
