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

/** The function with the figures that the SDK's retry had before November 2026: this version of it has no switch. */
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

interface Counted {
  readonly requests: number;
  readonly probes: number;
  readonly outcomes: readonly string[];
}

/** The real bundle, against an account in which every call of a model meets a fault. */
async function under(
  fault: string,
  variables: Readonly<Record<string, string>>,
  codeDirectory: string,
): Promise<Counted> {
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
  // Versions of the SDK before November 2026 switch by it.
  ['SMITHY_NEW_RETRIES_2026', { SMITHY_NEW_RETRIES_2026: 'true', AWS_NEW_RETRIES_2026: 'true' }],
];
const MODES = ['since November 2026', 'before November 2026'] as const;
const CASES = MODES.flatMap((mode) => SETTINGS.map(([title, variables]) => [mode, title, variables] as const));

test.each(CASES)("the SDK's retries of %s, %s: a throttled run makes the same calls", async (mode, _, variables) => {
  const code = mode === 'since November 2026' ? deployed.codeDirectory : before2026();
  const { requests, probes, outcomes } = await under('throttle', variables, code);
  const met = dev.plan.applications.flatMap((a) => a.probes).filter(({ expected }) => expected === 'allowed').length;
  expect(probes).toBe(dev.plan.applications.flatMap((a) => a.probes).length);
  // Calls that IAM denies are made once, throttled ones three times, until the budget is used up: 500 / 5.
  expect(requests).toBe(probes + Math.min(2 * met, 100));
  expect(requests).toBeLessThanOrEqual(3 * probes);
  expect(outcomes).toEqual(['inconclusive', 'unavailable']);
});

test('where everything fails, the retries of a run end at its budget', async () => {
  const { requests, probes } = await under('server-error', {}, deployed.codeDirectory);
  // 500 / 14: the bucket and the cost that the SDK has.
  expect(requests).toBe(probes + 35);
});
