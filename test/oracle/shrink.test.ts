import { policiesOf } from './policy-set';
import { randomOracleCase } from './random/random-case';
import { shrink } from './shrink';

test('a shrunk case has only the parts that cause the disagreement', async () => {
  const hasNull = (value: unknown): boolean => JSON.stringify(value).includes('"Null":');
  const cases = Array.from({ length: 400 }, (_, seed) => randomOracleCase(seed, 1)).filter(hasNull);
  expect(cases.length).toBeGreaterThan(5);
  for (const { policies, requests } of cases) {
    const request = { action: '', resource: '', context: {}, ...requests[0] };
    const smallest = await shrink({ policies, request }, async (smaller) => hasNull(smaller));
    const statements = policiesOf(smallest.policies).flatMap(({ document }) => document.Statement);
    expect(statements.map(({ Condition = {} }) => Object.keys(Condition))).toEqual([['Null']]);
    expect(smallest.request.context).toEqual({});
  }
});
