import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { PLAN_MUTANTS } from '../proof/plan-mutants/plan-mutants';

/** Result of `prove` for each mutant of `lib/plan`, and for the unchanged `lib/plan`. */
interface Proofs {
  readonly unchanged: readonly string[];
  readonly mutants: readonly { readonly what: string; readonly failure?: string; readonly violations?: string[] }[];
}

const ROOT = join(__dirname, '..', '..');
const run = execFileSync(
  join(ROOT, 'node_modules', '.bin', 'tsx'),
  [join(ROOT, 'test', 'proof', 'plan-mutants', 'prove-plan-mutants.ts')],
  { encoding: 'utf8', maxBuffer: 1e8 },
);
const proofs = JSON.parse(run) as Proofs;

/**
 * The templates, or the plan that they were synthesized from, are not those of the environment, so the result shows no
 * mistake.
 */
const STALE = /^coverage: the templates were synthesized from another plan/;

test('without a mistake in lib/plan nothing is found', () => {
  expect(proofs.unchanged).toEqual([]);
});

test('there are at least 40 mutants, each with its own description', () => {
  expect(new Set(PLAN_MUTANTS.map(({ what }) => what)).size).toBe(PLAN_MUTANTS.length);
  expect(PLAN_MUTANTS.length).toBeGreaterThanOrEqual(40);
  expect(proofs.mutants.map(({ what }) => what)).toEqual(PLAN_MUTANTS.map(({ what }) => what));
});

test.each(proofs.mutants)('the proof finds the mistake in lib/plan that $what', ({ failure, violations = [] }) => {
  expect(failure).toBeUndefined();
  expect(violations.filter((violation) => !STALE.test(violation))).not.toEqual([]);
});
