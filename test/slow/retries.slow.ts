import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LambdaFunction } from '../../lib/account/account';
import { readAccount } from '../../lib/cli/read-account';
import { runFunction } from '../../lib/cli/run-function';
import { readVerificationResult } from '../../lib/proof/verification/verification-result';
import { FAULTS } from '../../lib/sandbox/faults/faults';
import { startSandbox } from '../../lib/sandbox/start-sandbox';
import { Assembly } from '../cli/assembly';

const dev = new Assembly('dev');
const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-retries-'));
afterAll(() => {
  dev.dispose();
  rmSync(folder, { recursive: true });
});

const account = readAccount(dev.plan, dev.original);
const deployed = account.functions.find((f) => f.name === dev.plan.functions[0].functionName) as LambdaFunction;

/**
 * Writes the function with the SDK's retry constants from before November 2026. This SDK version has no switch for
 * them.
 */
function before2026(): string {
  const bundle = readFileSync(join(deployed.codeDirectory, 'index.js'), 'utf8');
  const figures: readonly (readonly [RegExp, string])[] = [
    [/static v2026=!0/g, 'static v2026=!1'],
    [/static delay\(\)\{return 50\}/g, 'static delay(){return 100}'],
    [/static throttlingDelay\(\)\{return 1e3\}/g, 'static throttlingDelay(){return 500}'],
    [/static cost\(\)\{return 14\}/g, 'static cost(){return 5}'],
    [/static throttlingCost\(\)\{return 5\}/g, 'static throttlingCost(){return 10}'],
  ];
  const changed = figures.reduce((text, [now, then]) => {
    expect([now.source, text.match(now)?.length]).toEqual([now.source, 1]);
    return text.replace(now, then);
  }, bundle);
  writeFileSync(join(folder, 'index.js'), changed);
  return folder;
}

interface RunCounts {
  readonly requests: number;
  readonly probes: number;
  readonly outcomes: readonly string[];
}

/** Runs the real bundle against an account in which every call of a model meets a fault. */
async function runUnderFault(
  fault: string,
  variables: Readonly<Record<string, string>>,
  codeDirectory: string,
): Promise<RunCounts> {
  const faults = FAULTS.filter(({ name }) => name === fault).map((f) => ({ fault: f, label: fault }));
  const sandbox = await startSandbox({ account, faults });
  try {
    const answer = await runFunction({
      function: { ...deployed, codeDirectory, environment: { ...deployed.environment, ...variables } },
      region: account.region,
      endpointUrl: sandbox.url,
      session: sandbox.credentialsFor(deployed.roleArn),
      event: { spreading: false },
      onLog: () => undefined,
      signal: new AbortController().signal,
    });
    const { probes } = readVerificationResult('result' in answer ? answer.result : answer);
    const requests = sandbox.calls.filter(({ service }) => service.startsWith('bedrock')).length;
    expect(requests).toBe(probes.reduce((sum, { attempts }) => sum + attempts, 0));
    return { requests, probes: probes.length, outcomes: [...new Set(probes.map(({ outcome }) => outcome))].sort() };
  } finally {
    await sandbox.close();
  }
}

const SETTINGS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['nothing set', {}],
  ['AWS_MAX_ATTEMPTS=10', { AWS_MAX_ATTEMPTS: '10' }],
  ['AWS_RETRY_MODE=adaptive', { AWS_RETRY_MODE: 'adaptive', AWS_MAX_ATTEMPTS: '10' }],
  ['AWS_RETRY_MODE=legacy', { AWS_RETRY_MODE: 'legacy' }],
  // SDK versions before November 2026 read these switches.
  ['SMITHY_NEW_RETRIES_2026', { SMITHY_NEW_RETRIES_2026: 'true', AWS_NEW_RETRIES_2026: 'true' }],
];
const MODES = ['since November 2026', 'before November 2026'] as const;
const CASES = MODES.flatMap((mode) => SETTINGS.map(([title, variables]) => [mode, title, variables] as const));

test.each(CASES)(
  "with the SDK's retries of %s and %s, a throttled run makes the same calls",
  async (mode, _, variables) => {
    const code = mode === 'since November 2026' ? deployed.codeDirectory : before2026();
    const { requests, probes, outcomes } = await runUnderFault('throttle', variables, code);
    const allowedProbes = dev.plan.applications
      .flatMap((a) => a.probes)
      .filter(({ expected }) => expected === 'allowed').length;
    expect(probes).toBe(dev.plan.applications.flatMap((a) => a.probes).length);
    // A call that IAM denies is made once. A throttled call is made three times until the retry budget of 500 is used up,
    // at a cost of 5 for each retry.
    expect(requests).toBe(probes + Math.min(2 * allowedProbes, 100));
    expect(requests).toBeLessThanOrEqual(3 * probes);
    expect(outcomes).toEqual(['inconclusive', 'unavailable']);
  },
);

test('if every call fails, the retries of a run stop at the retry budget', async () => {
  const { requests, probes } = await runUnderFault('server-error', {}, deployed.codeDirectory);
  // 500 / 14: the SDK's retry budget divided by the cost of one retry.
  expect(requests).toBe(probes + 35);
});
