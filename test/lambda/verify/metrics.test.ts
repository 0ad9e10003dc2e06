import { measureRun } from '../../../lambda/verify/metrics';
import type { ProbeResult, VerificationResult } from '../../../lambda/verify/result';
import { inVirtualTime } from './virtual-time';

function probe(application: string, changes: Partial<ProbeResult> = {}): ProbeResult {
  return {
    application,
    alias: 'main',
    generation: 'g1',
    modelId: 'amazon.nova-lite-v1:0',
    routing: 'us',
    probe: 'text',
    expected: 'allowed',
    outcome: 'allowed',
    asIntended: true,
    principal: 'arn:aws:iam::111122223333:role/probe',
    target: 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/shop-main',
    milliseconds: 1,
    attempts: 1,
    ...changes,
  };
}

const GOOD = probe('shop');
const DENIED = probe('shop', { outcome: 'denied', asIntended: false });
const THROTTLED = probe('shop', { outcome: 'unavailable', asIntended: false, passes: true });
const INCONCLUSIVE = probe('search', { expected: 'denied', outcome: 'inconclusive', asIntended: false });
const ANSWERED = probe('search', { expected: 'denied', outcome: 'allowed', asIntended: false });

const TEXT = /"(?:arn:|amazon)/;
const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
});
afterEach(() => jest.restoreAllMocks());

/** Returns the metrics that CloudWatch reads from the lines of a run, with value, unit and dimensions. */
async function metricsOf(scheduled: boolean, run: () => Promise<VerificationResult>, environment = 'dev') {
  const ended = await inVirtualTime({ random: () => 0 }, (clock) =>
    measureRun({ environment, scheduled }, clock, async () => {
      await clock.sleep(1500);
      return run();
    }).catch((error: unknown) => error),
  );
  expect(printed.join('')).not.toMatch(TEXT);
  const lines = printed.map((line) => JSON.parse(line));
  const metrics = lines.flatMap(({ _aws: { CloudWatchMetrics }, ...values }) =>
    CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }: Embedded) =>
      Metrics.map(({ Name, Unit }) => [
        Dimensions.map((names) => names.map((name) => `${name}=${values[name]}`).join()).join(' and '),
        `${Namespace} ${Name} ${values[Name]} ${Unit}`,
      ]),
    ),
  );
  return { ended, metrics };
}

interface Embedded {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
}

const answered = (...probes: readonly ProbeResult[]): VerificationResult => ({
  schemaVersion: 1,
  environment: 'dev',
  region: 'us-east-1',
  milliseconds: 1,
  probes,
});

const of = (dimensions: string, ...metrics: readonly string[]) =>
  metrics.map((m) => [dimensions, `BedrockAccess ${m}`]);

test('a run writes its counts', async () => {
  const result = answered(GOOD, GOOD, DENIED, THROTTLED, INCONCLUSIVE, ANSWERED);
  const { ended, metrics } = await metricsOf(false, async () => result);
  expect(ended).toBe(result);
  expect(metrics).toEqual([
    ...of(
      'Environment=dev',
      'ProbesAsIntended 2 Count',
      'ProbesFailed 2 Count',
      'ProbesUnclear 2 Count',
      'Milliseconds 1500 Milliseconds',
    ),
  ]);
});

test.each<[written: string, failed: 0 | 1, probes: readonly ProbeResult[]]>([
  ['all as intended', 0, [GOOD]],
  ['a throttled call', 0, [GOOD, THROTTLED]],
  ['a call that must be denied without a verdict', 0, [GOOD, INCONCLUSIVE]],
  ['a denied call that must be allowed', 1, [GOOD, DENIED]],
  ['an answered call that must be denied', 1, [GOOD, ANSWERED]],
  ['nothing', 1, []],
])('a scheduled run with %s counts as failed: %p', async (_, failed, probes) => {
  const { metrics } = await metricsOf(true, async () => answered(...probes));
  expect(metrics.filter(([, metric]) => metric?.includes('ScheduledRunFailed'))).toEqual(
    of('Environment=dev', `ScheduledRunFailed ${failed} Count`),
  );
});

test('a scheduled run that throws counts as failed, and throws', async () => {
  const error = new Error('cannot read the parameters');
  const { ended, metrics } = await metricsOf(true, () => Promise.reject(error));
  expect(ended).toBe(error);
  expect(metrics).toEqual(of('Environment=dev', 'ScheduledRunFailed 1 Count', 'Milliseconds 1500 Milliseconds'));
});

test('no other run raises the alarm, whatever its result is', async () => {
  const { metrics } = await metricsOf(false, () => Promise.reject(new Error('denied')));
  expect(metrics).toEqual(of('Environment=dev', 'Milliseconds 1500 Milliseconds'));
  const written = await metricsOf(false, async () => answered(DENIED));
  expect(written.metrics.flat().join()).not.toContain('ScheduledRunFailed');
});

test('a function without its settings writes no metrics', async () => {
  const { metrics } = await metricsOf(true, async () => answered(GOOD), '');
  expect(metrics).toEqual([]);
});
