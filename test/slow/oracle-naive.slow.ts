import { runOracle } from '../oracle/run-oracle';

/** Number of decisions. A release compares more: `ORACLE_DECISIONS=100000000`. */
const DECISIONS = Number(process.env['ORACLE_DECISIONS'] ?? 1_000_000);

test('lib/iam decides 1,000,000 random requests as a second evaluator does', async () => {
  const order = { engine: 'naive', wanted: DECISIONS, requestsPerCase: 10, sampleEvery: 5 } as const;
  expect(await runOracle(order)).toEqual([]);
}, 3_600_000);
