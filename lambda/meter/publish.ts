import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Document } from './documents';

/** Namespace of this project's metrics. */
const NAMESPACE = 'BedrockAccess';

/** Writes the metrics of an environment to standard output in CloudWatch's embedded metric format. */
export function publish(environment: string, documents: readonly Document[]): void {
  const metrics = new Metrics({ namespace: NAMESPACE });
  // Powertools adds a dimension `service` of its own.
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions({ Environment: environment });
  for (const { at, application, measurements } of documents) {
    for (const [name, unit, value] of measurements) {
      metrics.addMetric(name, unit, value);
    }
    metrics
      .addDimensions(application === undefined ? {} : { Application: application })
      .setTimestamp(at * 1000)
      .publishStoredMetrics();
  }
}
