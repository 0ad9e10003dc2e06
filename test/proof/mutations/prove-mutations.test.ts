import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { limitedAccount, limitedPlan } from '../access/limited-account';
import { shippedAccount } from '../shipped-account';
import { type MutableStatement, statement, withPolicy, withTrust } from './mutated-account';

/** One change of a policy of the development environment, and the first thing that the proof says about it. */
const mutation = z.strictObject({
  title: z.string(),
  /** The policy or boundary, or the role whose trust policy it is. */
  policy: z.string().optional(),
  role: z.string().optional(),
  /** Elements of the statement of a Sid; `null` removes one. */
  set: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  /** Sids of statements that are removed. */
  drop: z.array(z.string()).default([]),
  /** One more statement. */
  extra: z.record(z.string(), z.unknown()).optional(),
  kind: z.string(),
  message: z.string(),
});
type Mutation = z.infer<typeof mutation>;

function mutations(file: string): readonly Mutation[] {
  return z.array(mutation).parse(JSON.parse(readFileSync(join(__dirname, file), 'utf8')));
}

const dev = shippedAccount('dev');
const limited = { plan: limitedPlan, account: limitedAccount() };

function change({ set, drop, extra }: Mutation, statements: MutableStatement[]): void {
  for (const [sid, elements] of Object.entries(set)) {
    for (const [element, value] of Object.entries(elements)) {
      statement(statements, sid)[element] = value ?? undefined;
    }
  }
  for (const sid of drop) {
    statements.splice(statements.indexOf(statement(statements, sid)), 1);
  }
  statements.push(...(extra === undefined ? [] : [{ Sid: 'Extra', ...extra }]));
}

function proofOf(mutated: Mutation, { plan, account } = dev): readonly (string | undefined)[] {
  const { policy, role } = mutated;
  const changed =
    role === undefined
      ? withPolicy(account, policy ?? '', (statements) => change(mutated, statements))
      : withTrust(account, role, (statements) => change(mutated, statements));
  const [violation] = proveAccess(plan, changed).violations;
  return [violation?.kind, violation?.message];
}

test.each(mutations('policies.json'))('a policy is no proof where $title', (mutated) => {
  expect(proofOf(mutated)).toEqual([mutated.kind, mutated.message]);
});

test.each(mutations('boundaries.json'))('a boundary is no proof where $title', (mutated) => {
  expect(proofOf(mutated)).toEqual([mutated.kind, mutated.message]);
});

test.each(mutations('trust.json'))('a trust policy is no proof where $title', (mutated) => {
  expect(proofOf(mutated)).toEqual([mutated.kind, mutated.message]);
});

test.each(mutations('limits.json'))('a limit is no proof where $title', (mutated) => {
  expect(proofOf(mutated, limited)).toEqual([mutated.kind, mutated.message]);
});
