import { run } from '../run';

const FAULTS = 'throttle:0.3,server-error:0.1,slow-stream,truncated-stream,end-of-life:support-chat/main';

test('verify --local --fault shows the injected faults, the retries and the remaining errors', async () => {
  const { exitCode, out } = await run(['verify', 'dev', '--local', '--json', '--fault', FAULTS]);
  const { faults, probes } = JSON.parse(out);
  expect(exitCode).toBe(1);
  expect(faults.injected.map(({ fault }: { fault: string }) => fault)).toEqual(FAULTS.split(','));
  for (const { fault, calls, injected } of faults.injected) {
    expect([fault, injected > 0, injected <= calls]).toEqual([fault, true, true]);
  }
  interface Probe {
    readonly application: string;
    readonly alias: string;
    readonly probe: string;
    readonly outcome: string;
    readonly asIntended: boolean;
    readonly attempts: number;
    readonly cause?: string;
  }
  const wrong = (probes as Probe[]).filter(({ asIntended }) => !asIntended);
  expect(faults.triedAgain).toBe((probes as Probe[]).filter(({ attempts }) => attempts > 1).length);
  expect(faults.triedAgain).toBeGreaterThan(0);
  expect(faults.remained).toHaveLength(wrong.length);
  expect(faults.remained).toContainEqual(
    expect.objectContaining({
      application: 'support-chat',
      alias: 'main',
      probe: 'text',
      outcome: 'unavailable',
      attempts: 1,
      cause: 'the model has reached its end of life',
    }),
  );
  for (const { alias, outcome } of wrong) {
    expect([alias, outcome]).toEqual([alias, expect.stringMatching(/^(unavailable|inconclusive)$/)]);
  }
}, 30_000);

test.each([
  ['a throttle that ends', 'throttle-once', 0, ['✓ dev is ready to deploy', 'tries', 'No probe failed in the end.']],
  [
    'a model that is throttled',
    'throttle:support-chat/fast',
    3,
    ['! dev:', 'Failed in the end: ', 'the call was throttled'],
  ],
  ['a denied call', 'denied:support-chat/fast', 1, ['✗ dev is not ready to deploy', 'no policy of the role allows']],
  ['a fault of a call that is not made', 'cut-in-frame:support-chat/embed', 0, ['it applied to no call of this run']],
])(
  '%s: --fault %s exits %i',
  async (_, fault, code, says) => {
    const { exitCode, out } = await run(['verify', 'dev', '--local', '--fault', fault]);
    expect(exitCode).toBe(code);
    for (const text of says) {
      expect(out).toContain(text);
    }
  },
  30_000,
);

test('a run without faults has no line about faults', async () => {
  const { out } = await run(['verify', 'dev', '--local']);
  expect(out).not.toMatch(/Faults|Retried|Failed in the end|tries/);
});

test.each([
  [
    ['verify', 'dev', '--fault', 'throttle'],
    '--fault applies only to a verification on this machine: add --local, or leave it out',
  ],
  [['verify', 'dev', '--local', '--fault', 'throtle'], "there is no fault 'throtle'; did you mean 'throttle'?"],
  [['verify', 'dev', '--local', '--fault', 'throttle:2'], "'2' is neither a share of calls"],
  [['verify', 'dev', '--local', '--fault', 'throttle:shop/main'], "dev has no alias 'shop/main'"],
  [
    ['verify', 'dev', '--local', '--fault', 'throttle', '--fault', 'rest'],
    "there is no fault 'rest'; did you mean 'reset'?",
  ],
])('%j is wrong usage', async (argv, message) => {
  const { exitCode, err } = await run(argv);
  expect([exitCode, err]).toEqual([2, expect.stringContaining(message)]);
});

test.each(['denied', 'server-error', 'expired-session'])(
  'under %s no refusal counts, because the control of the same role was not allowed',
  async (fault) => {
    const { out } = await run(['verify', 'dev', '--local', '--json', '--fault', fault]);
    const probes: readonly { expected: string; outcome: string }[] = JSON.parse(out).probes;
    const refused = probes.filter(({ expected }) => expected === 'denied');
    expect(refused.length).toBeGreaterThan(10);
    expect([...new Set(refused.map(({ outcome }) => outcome))]).toEqual(['inconclusive']);
  },
  30_000,
);
