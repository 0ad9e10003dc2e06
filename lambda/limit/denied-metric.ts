/** Metric with the value 1 while an application is denied. */
export const DENIED = 'Denied';

/**
 * Returns a line of log that CloudWatch reads as the metric `Denied` (embedded metric format). It is for the dashboard
 * only: nothing decides by it, because whoever can write a line of log can write it.
 */
export function deniedMetric(environment: string, application: string, now: Date): string {
  return JSON.stringify({
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: 'BedrockAccess',
          Dimensions: [['Environment', 'Application']],
          Metrics: [{ Name: DENIED, Unit: 'Count' }],
        },
      ],
    },
    Environment: environment,
    Application: application,
    [DENIED]: 1,
  });
}
