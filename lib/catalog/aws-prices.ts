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

const LIST = 'AWS Price List API, read 2025-10-28';
const SECOND_HAND = 'AWS pricing page, quoted by a third party, 2026-11';

/** List prices in us-east-1, without free tier, for the resources that an environment uses besides the models. */
export const AWS_PRICES = {
  alarmMetric: { usd: 0.1, unit: 'alarm metric and month', source: LIST },
  dashboard: { usd: 3, unit: 'dashboard and month', source: SECOND_HAND },
  metric: { usd: 0.3, unit: 'custom metric and month, the first 10,000', source: LIST },
  furtherMetric: { usd: 0.1, unit: 'custom metric and month, beyond 10,000', source: LIST },
  metricRead: { usd: 0.01 / 1_000, unit: 'metric requested by GetMetricData', source: LIST },
  cloudWatchRequest: { usd: 0.01 / 1_000, unit: 'other request to CloudWatch', source: LIST },
  lambdaSecond: { usd: 0.0000133334, unit: 'GB-second of memory, arm64', source: LIST },
  lambdaRequest: { usd: 0.2 / 1_000_000, unit: 'function call', source: LIST },
  logGigabyte: { usd: 0.5, unit: 'GB written to CloudWatch Logs', source: LIST },
  key: { usd: 1, unit: 'KMS key and month', source: LIST },
  costExplorerRequest: { usd: 0.01, unit: 'request to Cost Explorer', source: 'AWS Cost Explorer FAQ, 2026-11' },
  budgetAction: { usd: 0.1 * 30.4, unit: 'budget with an action, and month', source: SECOND_HAND },
  stateTransition: { usd: 0.025 / 1_000, unit: 'Step Functions state transition', source: SECOND_HAND },
} as const satisfies Readonly<Record<string, AwsPrice>>;

/** Number of an account's custom metrics at the `metric` price. Further metrics have the `furtherMetric` price. */
export const METRICS_AT_FIRST_PRICE = 10_000;
