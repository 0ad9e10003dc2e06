import { proveAccess } from '../../lib/proof/access/prove-access';
import { seededRandom } from '../iam/random';
import { testEnvironment } from '../plan/environments';
import { judgeMutant, type MutantCounts, noMutants } from '../proof/mutations/judge-mutant';
import { type MutatedAccount, mutatedAccounts, randomlyMutatedAccounts } from '../proof/mutations/mutated-accounts';
import { type PlannedAccount, plannedAccount } from '../proof/planned-account';

/** Number of mutants of which one is tried. The templates of the second environment resemble those of the first. */
const EVERY = { dev: 1, prod: 4 };
const SINGLE = noMutants();
const RANDOM = noMutants();

async function failuresOf(
  { plan, account }: PlannedAccount,
  mutants: readonly MutatedAccount[],
  counts: MutantCounts,
): Promise<readonly string[]> {
  const random = seededRandom(1);
  const failures: string[] = [];
  for (const { title, account: mutated } of mutants) {
    const { violations } = proveAccess(plan, mutated);
    const failure = await judgeMutant(violations, account, mutated, random, counts);
    failures.push(...(failure === undefined ? [] : [`${title}: ${failure}`]));
  }
  return failures;
}

const CASES = (['dev', 'prod'] as const).flatMap((name) =>
  Object.keys(testEnvironment(name).applications).map(
    (application, index) => [application, name, index === 0] as const,
  ),
);

test.each(CASES)(
  'each single change of %s in %s is found with a witness, or changes nothing',
  async (...[application, name, first]) => {
    const environment = plannedAccount(name, application);
    // Only the first application is tried with the shared resources too.
    const all = mutatedAccounts(environment.account, first ? undefined : application);
    const tried = all.filter((_, i) => i % EVERY[name] === 0);
    expect(await failuresOf(environment, tried, SINGLE)).toEqual([]);
  },
  300_000,
);

test.each(['support-chat', 'document-search', 'code-review'])(
  'each random change of %s is found with a witness, or changes nothing',
  async (application) => {
    const environment = plannedAccount('dev', application);
    const mutants = randomlyMutatedAccounts(environment.account, 150, seededRandom(2));
    expect(await failuresOf(environment, mutants, RANDOM)).toEqual([]);
  },
  300_000,
);

test('there are many mutants, and another engine confirms most witnesses', () => {
  process.stdout.write(`single changes: ${JSON.stringify(SINGLE)}\nrandom changes: ${JSON.stringify(RANDOM)}\n`);
  expect(SINGLE.mutants).toBeGreaterThan(2_500);
  expect(RANDOM.mutants).toBe(450);
  for (const { mutants, found, undecided, equal, confirmedByEngine } of [SINGLE, RANDOM]) {
    expect(found + undecided + equal).toBe(mutants);
    expect(confirmedByEngine / found).toBeGreaterThan(0.5);
  }
});
