import type { Account } from '../account/account';
import { TemplateError } from '../account/resource/template-error';
import { readTemplateAccount } from '../account/templates/template-account';
import type { AccessPlan } from '../plan/environment/access-plan';
import { planDigest } from '../plan/environment/plan-digest';
import { withAssembly } from './synthesize';

/** Calls `use` with the folder that `--assembly` names, or with one that is synthesized from the plan and then removed. */
export function inAssembly<T>(
  plan: AccessPlan,
  assembly: string | undefined,
  progress: (phase: string) => void,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  if (assembly !== undefined) {
    progress(`reading ${assembly}`);
    return use(assembly);
  }
  progress(`synthesizing ${plan.applications.length + 1} stacks`);
  return withAssembly(plan, use);
}

/**
 * Reads the account that the templates of the plan's environment describe.
 *
 * @throws TemplateError when they cannot be read, or were synthesized for another account or Region
 */
export function readAccount(plan: AccessPlan, folder: string): Account {
  const account = readTemplateAccount(folder, plan.environment);
  requirePlace(plan, folder, account);
  return account;
}

/**
 * Reads the account like `readAccount`, from templates that were synthesized from exactly this plan.
 *
 * @throws TemplateError also when they were synthesized from another plan. Every difference would look like wrong access.
 */
export function readCurrentAccount(plan: AccessPlan, folder: string): Account {
  const account = readAccount(plan, folder);
  if (account.planDigest !== undefined && account.planDigest !== planDigest(plan)) {
    throw new TemplateError(
      folder,
      [],
      `was synthesized from another plan than ${plan.environment} has now; synthesize again with: npx cdk synth`,
    );
  }
  return account;
}

/** @throws TemplateError when the templates were synthesized for another account or Region than the plan's */
export function requirePlace(
  { account, region, environment }: AccessPlan,
  folder: string,
  synthesizedFor: { readonly accountId: string; readonly region: string },
): void {
  if (synthesizedFor.accountId !== account || synthesizedFor.region !== region) {
    throw new TemplateError(
      folder,
      [],
      `was synthesized for ${synthesizedFor.accountId} in ${synthesizedFor.region}, but ${environment} is ${account} in ${region}; synthesize again with: npx cdk synth`,
    );
  }
}
