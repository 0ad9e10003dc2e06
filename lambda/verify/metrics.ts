import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Clock } from '../../aws/clock';
import { groupBy } from '../../aws/group-by';
import { isWrong } from './probes/is-wrong';
import type { ProbeResult, VerificationResult } from './result';

const NAMESPACE = 'BedrockAccess';

/** Whose run it is, and whether the schedule asked for it. */
interface Run {
  /** `undefined` for a function without its settings: its metrics would be nobody's. */
  readonly environment: string | undefined;
  readonly scheduled: boolean;
}

/**
 * Does a run and says as metrics what came of it, on standard output in CloudWatch's embedded metric format, also when it
 * throws. Counts and times alone: neither a prompt nor an answer.
 */
export async function measured(
  { environment, scheduled }: Run,
  clock: Clock,
  run: () => Promise<VerificationResult>,
): Promise<VerificationResult> {
  const started = clock.now();
  let result: VerificationResult | undefined;
  try {
    result = await run();
    return result;
  } finally {
    if (environment !== undefined && environment !== '') {
      emit(environment, scheduled, clock.now() - started, result?.probes);
    }
  }
}

function emit(
  environment: string,
  scheduled: boolean,
  milliseconds: number,
  probes: readonly ProbeResult[] | undefined,
): void {
  const metrics = new Metrics({ namespace: NAMESPACE });
  // Powertools adds a dimension `service` of its own.
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions({ Environment: environment });
  for (const [application, own] of groupBy(probes ?? [], (probe) => probe.application)) {
    addCounts(metrics, own);
    metrics.addDimension('Application', application).publishStoredMetrics();
  }
  if (probes !== undefined) {
    addCounts(metrics, probes);
  }
  if (scheduled) {
    // A verification of nothing would look like one that found nothing wrong.
    const failed = probes === undefined || probes.length === 0 || probes.some(isWrong);
    metrics.addMetric('ScheduledRunFailed', 'Count', failed ? 1 : 0);
  }
  metrics.addMetric('Milliseconds', 'Milliseconds', milliseconds).publishStoredMetrics();
}

function addCounts(metrics: Metrics, probes: readonly ProbeResult[]): void {
  const asIntended = probes.filter((probe) => probe.asIntended).length;
  const failed = probes.filter(isWrong).length;
  metrics.addMetric('ProbesAsIntended', 'Count', asIntended);
  metrics.addMetric('ProbesFailed', 'Count', failed);
  metrics.addMetric('ProbesUnclear', 'Count', probes.length - asIntended - failed);
}
