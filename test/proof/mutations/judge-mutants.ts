import { proveAccess } from '../../../lib/proof/access/prove-access';
import { seededRandom } from '../../iam/random';
import { testEnvironment } from '../../plan/environments';
import { type PlannedAccount, plannedAccount } from '../planned-account';
import { judgeMutant, type MutantCounts, noMutants } from './judge-mutant';
import { type MutatedAccount, mutatedAccounts } from './mutated-accounts';

/** Proves each mutant, counts it by outcome, and lists the mistakes in the answers of the proof. */
export async function failuresOf(
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

/** The single changes that a test tries. */
interface SingleChanges {
  readonly environment: 'dev' | 'prod';
  /** The first application of the environment is tried with the shared resources too. */
  readonly applications: readonly string[];
  /**
   * Number of mutants of which one is tried.
   *
   * @default 1
   */
  readonly every?: number;
  readonly moreThan: number;
}

/** Defines the tests that try single changes of some applications. */
export function testSingleChanges({ environment, applications, every = 1, moreThan }: SingleChanges): void {
  const [first] = Object.keys(testEnvironment(environment).applications);
  const counts = noMutants();
  test.each(applications)(
    `each single change of %s in ${environment} is found with a witness, or changes nothing`,
    async (application) => {
      const planned = plannedAccount(environment, application);
      const all = mutatedAccounts(planned.account, application === first ? undefined : application);
      const tried = all.filter((_, i) => i % every === 0);
      expect(await failuresOf(planned, tried, counts)).toEqual([]);
    },
    900_000,
  );

  test('there are many mutants, and another engine confirms most witnesses', () => {
    expect(counts.mutants).toBeGreaterThan(moreThan);
    expectConfirmed(`single changes of ${applications.join(', ')} in ${environment}`, counts);
  });
}

/** Expects that every mutant has an outcome, and that another engine confirms most witnesses. */
export function expectConfirmed(name: string, counts: MutantCounts): void {
  const { mutants, found, undecided, equal, confirmedByEngine } = counts;
  process.stdout.write(`${name}: ${JSON.stringify(counts)}\n`);
  expect(found + undecided + equal).toBe(mutants);
  expect(confirmedByEngine / found).toBeGreaterThan(0.5);
}
