import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { testEnvironment } from '../../plan/environments';
import { limitedAccount, limitedPlan } from '../access/limited-account';
import { type PlannedAccount, plannedAccount } from '../planned-account';
import { type MutableStatement, statement, withPolicy, withTrust } from './mutated-account';

/** One change of a policy of the environment `dev`, with the first violation that the proof must find. */
const mutation = z.strictObject({
  title: z.string(),
  /** Name of the policy or boundary, or of the role that has the trust policy. */
  policy: z.string().optional(),
  role: z.string().optional(),
  /** Elements to set in the statement with a Sid; `null` removes an element. */
  set: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  /** Sids of the statements to remove. */
  drop: z.array(z.string()).default([]),
  /** Statement to add. */
  extra: z.record(z.string(), z.unknown()).optional(),
  /** True when the proof needs the other applications of the environment. */
  amongOthers: z.boolean().default(false),
  kind: z.string(),
  message: z.string(),
});
type Mutation = z.infer<typeof mutation>;

function mutations(file: string): readonly Mutation[] {
  return z.array(mutation).parse(JSON.parse(readFileSync(join(__dirname, file), 'utf8')));
}

const APPLICATIONS = Object.keys(testEnvironment('dev').applications);

/** Returns `dev` with the changed application only, if there is one: its proof is quicker than that of all of them. */
function devOf({ policy = '', role = policy, amongOthers }: Mutation): PlannedAccount {
  const changed = APPLICATIONS.find((name) => role.startsWith(`dev_${name}_`));
  return plannedAccount('dev', ...(changed === undefined || amongOthers ? [] : [changed]));
}

const limited = { plan: limitedPlan, account: limitedAccount() };

function change({ set, drop, extra }: Mutation, statements: MutableStatement[]): void {
  for (const [sid, elements] of Object.entries(set)) {
    for (const [element, value] of Object.entries(elements)) {
      if (value === null) {
        delete statement(statements, sid)[element];
      } else {
        statement(statements, sid)[element] = value;
      }
    }
  }
  for (const sid of drop) {
    statements.splice(statements.indexOf(statement(statements, sid)), 1);
  }
  statements.push(...(extra === undefined ? [] : [{ Sid: 'Extra', ...extra }]));
}

function proofOf(mutated: Mutation, { plan, account } = devOf(mutated)): readonly (string | undefined)[] {
  const { policy, role } = mutated;
  const changed =
    role === undefined
      ? withPolicy(account, policy ?? '', (statements) => change(mutated, statements))
      : withTrust(account, role, (statements) => change(mutated, statements));
  const [violation] = proveAccess(plan, changed).violations;
  return [violation?.kind, violation?.message];
}

test.each(mutations('policies.json'))('the proof of a policy fails if $title', (mutated) => {
  expect(proofOf(mutated)).toEqual([mutated.kind, mutated.message]);
});

test.each(mutations('boundaries.json'))('the proof of a boundary fails if $title', (mutated) => {
  expect(proofOf(mutated)).toEqual([mutated.kind, mutated.message]);
});

test.each(mutations('trust.json'))('the proof of a trust policy fails if $title', (mutated) => {
  expect(proofOf(mutated)).toEqual([mutated.kind, mutated.message]);
});

test.each(mutations('limits.json'))('the proof of a limit fails if $title', (mutated) => {
  expect(proofOf(mutated, limited)).toEqual([mutated.kind, mutated.message]);
});

test.each(mutations('tokens.json'))('the proof of a trust in tokens or accounts fails if $title', (mutated) => {
  expect(proofOf(mutated, plannedAccount('callers', 'tokens'))).toEqual([mutated.kind, mutated.message]);
});
