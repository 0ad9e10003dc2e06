import type { Account } from '../../../lib/account/account';
import type { Random } from '../../iam/random';
import { mutantsOf } from './mutate-policies';
import { type MutableStatement, withPolicy, withTrust } from './mutated-account';
import { changeAtRandom } from './random-mutants';

/** An account with a change of one policy document. */
export interface MutatedAccount {
  readonly title: string;
  readonly account: Account;
}

/** A policy document of an account. */
interface Document {
  readonly kind: 'policy' | 'trust';
  /** Name of the policy, or of the role that has the trust policy. */
  readonly name: string;
  readonly statements: readonly MutableStatement[];
}

/** Lists policies, boundaries and trust policies, each once. */
function documentsOf({ principals }: Account): readonly Document[] {
  const statementsOf = (document: unknown) =>
    (document as Pick<Document, 'statements'> & { Statement: MutableStatement[] }).Statement;
  const policies = principals.flatMap((p) => [...p.policies, ...(p.boundary === undefined ? [] : [p.boundary])]);
  const all: readonly Document[] = [
    ...policies.map((p) => ({
      kind: 'policy' as const,
      name: p.name.split('/').at(-1) ?? '',
      statements: statementsOf(p.document),
    })),
    ...principals.flatMap(({ name, trust }) =>
      trust === undefined ? [] : [{ kind: 'trust' as const, name, statements: statementsOf(trust.document) }],
    ),
  ];
  const once = new Map(all.map((d) => [d.kind === 'policy' ? d.name : JSON.stringify(d.statements), d]));
  return [...once.values()];
}

function changed(account: Account, { kind, name }: Document, change: (all: MutableStatement[]) => void): Account {
  return kind === 'policy' ? withPolicy(account, name, change) : withTrust(account, name, change);
}

/**
 * Lists the accounts that differ by one change of one document.
 *
 * @param only an application whose own documents are changed; by default all documents are
 */
export function mutatedAccounts(account: Account, only?: string): readonly MutatedAccount[] {
  const own = ({ name }: Document): boolean => name.includes(`_${only}_`) && !name.includes('_probe');
  return documentsOf(account)
    .filter((document) => only === undefined || own(document))
    .flatMap((document) =>
      mutantsOf(document.statements, document.kind === 'trust').map(({ where, operator, statements }) => ({
        title: `${document.kind} ${document.name} ${where}: ${operator}`,
        account: changed(account, document, (all) => all.splice(0, all.length, ...structuredClone([...statements]))),
      })),
    );
}

/** Makes accounts with one random change each. */
export function randomlyMutatedAccounts(account: Account, count: number, random: Random): readonly MutatedAccount[] {
  const documents = documentsOf(account);
  return Array.from({ length: count }, () => {
    const document = random.one(documents);
    let after = '';
    const mutated = changed(account, document, (all) => {
      changeAtRandom(all, document.kind, random);
      after = JSON.stringify(all);
    });
    return { title: `${document.kind} ${document.name}: ${after}`, account: mutated };
  });
}
