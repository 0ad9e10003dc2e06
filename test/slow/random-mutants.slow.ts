import { seededRandom } from '../iam/random';
import { noMutants } from '../proof/mutations/judge-mutant';
import { expectConfirmed, failuresOf } from '../proof/mutations/judge-mutants';
import { randomlyMutatedAccounts } from '../proof/mutations/mutated-accounts';
import { plannedAccount } from '../proof/planned-account';

const COUNTS = noMutants();

test.each(['support-chat', 'document-search', 'code-review'])(
  'each random change of %s is found with a witness, or changes nothing',
  async (application) => {
    const environment = plannedAccount('dev', application);
    const mutants = randomlyMutatedAccounts(environment.account, 60, seededRandom(2));
    expect(await failuresOf(environment, mutants, COUNTS)).toEqual([]);
  },
  600_000,
);

test('there are many random mutants, and another engine confirms most witnesses', () => {
  expect(COUNTS.mutants).toBe(180);
  expectConfirmed('random changes', COUNTS);
});
