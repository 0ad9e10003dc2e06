import type { Account } from '../../lib/account/account';
import type { Violation } from '../../lib/proof/proof';
import { proveAccess } from '../../lib/proof/prove-access';
import { type Random, seededRandom } from '../iam/random';
import { shipped } from '../plan/environments';
import { isConfirmed, isConfirmedByEngine } from '../proof/confirm-witness';
import { type Mutant, mutantsOf } from '../proof/mutate-policies';
import { type MutableStatement, withPolicy, withTrust } from '../proof/mutated-account';
import { shippedAccount } from '../proof/shipped-account';
import { differenceOf } from '../proof/show-equal';

const ENVIRONMENTS = ['dev', 'prod'] as const;
/** Of the second environment, whose templates are much like those of the first, every so many mutants are tried. */
const EVERY = { dev: 1, prod: 3 };

const counts = { mutants: 0, found: 0, undecided: 0, equal: 0, confirmedByEngine: 0 };

interface MutatedAccount extends Pick<Mutant, 'operator' | 'where'> {
  readonly policy: string;
  readonly account: Account;
}

/** The account with every single change of its policies, boundaries and trust policies. @param first whether it stands for what all applications share */
function* mutatedAccounts(account: Account, application: string, first: boolean): Generator<MutatedAccount> {
  const own = (name: string): boolean => name.includes(`_${application}_`) && !name.includes('_probe');
  const documents = new Map<string, readonly MutableStatement[]>();
  const statementsOf = (document: unknown) =>
    (document as { readonly Statement: readonly MutableStatement[] }).Statement;
  for (const { policies, boundary } of account.principals) {
    for (const policy of [...policies, ...(boundary === undefined ? [] : [boundary])]) {
      documents.set(policy.name.split('/').at(-1) ?? '', statementsOf(policy.document));
    }
  }
  for (const [policy, statements] of [...documents].filter(([name]) => first || own(name))) {
    for (const { statements: changed, ...mutant } of mutantsOf(statements)) {
      const replace = (all: MutableStatement[]): void =>
        void all.splice(0, all.length, ...structuredClone([...changed]));
      yield { policy, ...mutant, account: withPolicy(account, policy, replace) };
    }
  }
  const seen = new Set<string>();
  for (const { name, trust } of account.principals) {
    const text = JSON.stringify(trust?.document);
    if (trust === undefined || seen.has(text) || !(first || own(name))) {
      continue;
    }
    seen.add(text);
    for (const { statements: changed, ...mutant } of mutantsOf(statementsOf(trust.document), true)) {
      const replace = (all: MutableStatement[]): void =>
        void all.splice(0, all.length, ...structuredClone([...changed]));
      yield { policy: `trust policy of ${name}`, ...mutant, account: withTrust(account, name, replace) };
    }
  }
}

const CASES = ENVIRONMENTS.flatMap((name) =>
  Object.keys(shipped(name).applications).map((application, index) => [application, name, index === 0] as const),
);

test.each(CASES)(
  'every changed policy of %s in %s is found with a witness, or is equal',
  async (...[application, name, first]) => {
    const { plan, account } = shippedAccount(name, application);
    const random = seededRandom(1);
    const mutants = [...mutatedAccounts(account, application, first)].filter((_, i) => i % EVERY[name] === 0);
    const failures: string[] = [];
    for (const { account: mutated, policy, where, operator } of mutants) {
      const { violations } = proveAccess(plan, mutated);
      const failure =
        violations.length === 0 ? judgeEqual(account, mutated, random) : await judgeFound(violations, account, mutated);
      if (failure !== undefined) {
        failures.push(`${policy} ${where}: ${operator}: ${failure}`);
      }
    }
    counts.mutants += mutants.length;
    expect(failures).toEqual([]);
  },
  300_000,
);

/** Without a violation nothing may be answered otherwise. */
function judgeEqual(before: Account, after: Account, random: Random): string | undefined {
  counts.equal += 1;
  const difference = differenceOf(before, after, random);
  return difference === undefined ? undefined : `not found: ${JSON.stringify(difference)}`;
}

/** Every witness is confirmed, and one of them by the engine, if it takes any; what is refused has none. */
async function judgeFound(
  violations: readonly Violation[],
  before: Account,
  after: Account,
): Promise<string | undefined> {
  const witnessed = violations.filter((v) => v.witness !== undefined && v.kind !== 'undecided');
  if (witnessed.length === 0) {
    counts.undecided += 1;
    return violations.some((v) => v.kind === 'undecided') ? undefined : `no witness: ${violations[0]?.message}`;
  }
  counts.found += 1;
  const wrong = witnessed.find((v) => !isConfirmed(v, before, after));
  if (wrong !== undefined) {
    return `not confirmed: ${wrong.message}`;
  }
  for (const violation of witnessed) {
    const confirmed = await isConfirmedByEngine(violation, before, after);
    if (confirmed !== undefined) {
      counts.confirmedByEngine += confirmed ? 1 : 0;
      return confirmed ? undefined : `the engine does not confirm: ${violation.message}`;
    }
  }
  return undefined;
}

test('the mutants are many, and most witnesses are confirmed by an engine of others', () => {
  process.stdout.write(`${JSON.stringify(counts)}\n`);
  expect(counts.found + counts.undecided + counts.equal).toBe(counts.mutants);
  expect(counts.mutants).toBeGreaterThan(2_500);
  expect(counts.confirmedByEngine / counts.found).toBeGreaterThan(0.6);
});
