import { runWithCosts } from './costs-account';

const MONTH = {
  billed: [
    ['2026-10-30', 'dev/support-chat', 9],
    ['2026-11-02', 'dev/support-chat', 300.5],
    ['2026-11-20', 'dev/support-chat', 100.25],
    ['2026-11-21', 'dev/support-chat', 1],
    ['2026-11-20', 'dev/code-review', 450.004],
    ['2026-11-20', 'dev/market-report', 20],
    ['2026-11-20', 'dev', 3.1],
  ] as const,
  models: [
    ['dev/support-chat', 'Claude Sonnet 4.6', 350],
    ['dev/support-chat', 'Nova Lite', 50.75],
    ['dev/support-chat', '', 1],
    ['dev/code-review', 'Claude Sonnet 4.6', 450.004],
    ['dev/market-report', 'Nova Pro', 20],
  ] as const,
  principals: [
    ['dev/support-chat', 'alice', 300],
    ['dev/support-chat', '', 101.75],
    ['', '', 470.004],
  ] as const,
  forecasts: { 'dev/support-chat': [12, 12, 12, 12, 12, 12, 12, 12, 12, 12], 'dev/code-review': [0, 0, 0] },
  metrics: {
    MeterRan: 288,
    'DailyUsd support-chat': 17.345,
    'UnpricedTokens market-report': 1200,
    'DailyUsd market-report': 1,
  },
};
test('x', async () => {
  const r = await runWithCosts(MONTH, [
    'costs',
    'dev',
    '--out',
    '/tmp/F-out.html',
    '--out',
    '/tmp/F-out.csv',
    '--out',
    '/tmp/F-out.md',
    '--out',
    '/tmp/F-out.json',
  ]);
  console.log(r.exitCode, r.out, r.err);
  console.log(JSON.stringify(r.seen.map((s) => [s.operation, s.body])));
});
