import type { AccessPlan } from '../../plan/environment/access-plan';
import { principals } from '../../plan/environment/principals';
import type { Proof } from '../finding/proof';

/** Returns the proof of templates that cannot be read: it proves nothing. */
export function nothingProven(plan: AccessPlan, message: string, about: string): Proof {
  const planned = principals(plan);
  const existing = planned.filter((p) => p.origin === 'existing').length;
  return {
    environment: plan.environment,
    account: plan.account,
    region: plan.region,
    violations: [{ kind: 'undecided', message, principals: [], about, classes: 1 }],
    coverage: {
      principals: 0,
      plannedPrincipals: planned.length - existing,
      existing: 0,
      plannedExisting: existing,
      profiles: 0,
      plannedProfiles: plannedProfiles(plan),
      boundaries: 0,
      trustPolicies: 0,
      denials: 0,
      plannedDenials: plan.applications.filter((a) => a.limit !== undefined).length,
      understood: 0,
      statements: 0,
      classes: 0,
      decisions: 0,
      allowed: 0,
      denied: 0,
      calls: 0,
      refused: 1,
      skipped: ['everything: the templates could not be read'],
    },
    adds: [],
  };
}

/** Counts the profiles of the plan, including the decoy. */
export function plannedProfiles({ applications }: AccessPlan): number {
  return 1 + applications.reduce((n, a) => n + a.generations.length, 0);
}
