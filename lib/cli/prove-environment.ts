import type { Account } from '../account/account';
import { TemplateError } from '../account/resource/template-error';
import type { Environment } from '../config/environment';
import type { AccessPlan } from '../plan/environment/access-plan';
import { nothingProven } from '../proof/access/nothing-proven';
import type { OuterPolicies } from '../proof/access/outer-policies';
import { proveAccess } from '../proof/access/prove-access';
import type { Proof } from '../proof/finding/proof';
import { comparePlanWithFile } from '../proof/intent/compare-plan-with-file';
import { inAssembly, readAccount } from './read-account';

export interface ProvenEnvironment {
  readonly proof: Proof;
  /**
   * The account that the templates describe.
   *
   * @default - a part of the templates is not understood; the proof names it
   */
  readonly account?: Account;
}

/**
 * Proves the templates of an environment, and that their plan is what its file asks for. They are read from a `cdk.out` folder, or synthesized for the plan.
 *
 * @throws TemplateError when the templates cannot be read at all, or belong to another environment
 */
export function proveEnvironment(
  { environment, plan }: { readonly environment: Environment; readonly plan: AccessPlan },
  assembly: string | undefined,
  outer: OuterPolicies,
  progress: (phase: string) => void,
): Promise<ProvenEnvironment> {
  return inAssembly(plan, assembly, progress, async (folder) => {
    let account: Account;
    try {
      account = readAccount(plan, folder);
    } catch (error) {
      // A part of a template that is not understood is not wrong usage. It leaves the access unproven.
      if (error instanceof TemplateError && error.path.length > 0) {
        return { proof: nothingProven(plan, error.message, String(error.path[1] ?? '')) };
      }
      throw error;
    }
    progress(`proving ${account.principals.length} principals`);
    const proof = proveAccess(plan, account, outer);
    return {
      proof: { ...proof, violations: [...comparePlanWithFile(plan, environment), ...proof.violations] },
      account,
    };
  });
}

/** Returns the monthly budgets by application, in US dollars. */
export function budgetsOf({ applications }: Environment): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(applications).flatMap(([name, { budget }]) =>
      budget === undefined ? [] : [[name, budget.monthlyUsd]],
    ),
  );
}
