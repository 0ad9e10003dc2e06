import { runOracle } from '../oracle/run-oracle';

test('lib/iam decides 100,000 random requests as iam-simulate does', async () => {
  const order = { engine: 'iam-simulate', wanted: 100_000, requestsPerCase: 4, sampleEvery: 1 } as const;
  expect(await runOracle(order)).toEqual([]);
}, 900_000);
