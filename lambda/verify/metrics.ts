import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Clock } from '../../aws/clock';
import { isWrong } from './probes/is-wrong';
import type { ProbeResult, VerificationResult } from './result';

const NAMESPACE = 'BedrockAccess';

export const SCHEDULED_RUN_FAILED = 'ScheduledRunFailed';

/** The environment of a run, and whether the schedule started it. */
interface Run {
  /** `undefined` for a function without its settings, which then writes no metrics. */
  readonly environment: string | undefined;
  readonly scheduled: boolean;
}

/**
 * Makes a run and writes its metrics to standard output in CloudWatch's embedded metric format, even if the run throws.
 * The metrics hold only counts and times, and neither prompts nor answers.
 */
export async function measureRun(
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
  // Powertools would add a dimension `service` otherwise.
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions({ Environment: environment });
  if (probes !== undefined) {
    addCounts(metrics, probes);
  }
  if (scheduled) {
    // A verification without probes counts as failed: it would look like a success otherwise.
    const failed = probes === undefined || probes.length === 0 || probes.some(isWrong);
    metrics.addMetric(SCHEDULED_RUN_FAILED, 'Count', failed ? 1 : 0);
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
