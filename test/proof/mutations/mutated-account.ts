import type { Account, Principal } from '../../../lib/account/account';
import type { Policy } from '../../../lib/iam/policy/policy';

/** A policy statement that a test may change. */
export interface MutableStatement {
  Sid?: string;
  Effect?: string;
  Principal?: unknown;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
  [element: string]: unknown;
}

/** Changes the statements of a document in place. */
export type ChangeStatements = (statements: MutableStatement[]) => void;

/** Finds the statement with a Sid. */
export function statement(statements: readonly MutableStatement[], sid: string): MutableStatement {
  const match = statements.find((s) => s.Sid === sid);
  if (match === undefined) {
    throw new Error(`the policy has no statement ${sid}: the mutation would change nothing`);
  }
  return match;
}

function changed({ name, document }: Policy, change: ChangeStatements): Policy {
  const copy = structuredClone(document) as { Statement: MutableStatement[] };
  change(copy.Statement);
  return { name, document: copy };
}

export function withPrincipal(account: Account, name: string, change: (principal: Principal) => Principal): Account {
  const principal = account.principals.find((p) => p.name === name);
  if (principal === undefined) {
    throw new Error(`the account has no principal ${name}: the mutation would change nothing`);
  }
  return { ...account, principals: account.principals.map((p) => (p === principal ? change(p) : p)) };
}

/**
 * Changes a managed policy wherever it is attached or is a boundary, and also when it is attached to no principal.
 *
 * @param name the last part of its ARN
 */
export function withPolicy(account: Account, name: string, change: ChangeStatements): Account {
  const carried = account.principals.flatMap((p) => [...p.policies, ...(p.boundary === undefined ? [] : [p.boundary])]);
  const all = [...carried, ...account.unattached];
  const old = all.find((p) => p.name.endsWith(`/${name}`));
  if (old === undefined) {
    throw new Error(`the account has no policy ${name}: the mutation would change nothing`);
  }
  const mutated = changed(old, change);
  const swap = (policy: Policy): Policy => (policy.name === old.name ? mutated : policy);
  return {
    ...account,
    unattached: account.unattached.map(swap),
    principals: account.principals.map((p) => ({
      ...p,
      policies: p.policies.map(swap),
      ...(p.boundary !== undefined && { boundary: swap(p.boundary) }),
    })),
  };
}

export function withTrust(account: Account, role: string, change: ChangeStatements): Account {
  return withPrincipal(account, role, (principal) =>
    principal.trust === undefined ? principal : { ...principal, trust: changed(principal.trust, change) },
  );
}
