import type { Account } from '../account/account';
import { TemplateError } from '../account/resource/template-error';
import { readTemplateAccount } from '../account/templates/template-account';
import type { AccessPlan } from '../plan/environment/access-plan';
import { planDigest } from '../plan/environment/plan-digest';
import { withAssembly } from './synthesize';

/** Hands `use` the folder that `--assembly` names, or one that is synthesized from the plan and removed afterwards. */
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
 * The account that the templates of a plan's environment describe.
 *
 * @throws TemplateError when they cannot be read, or are of another account or Region: what they show would be of that one
 */
export function readAccount(plan: AccessPlan, folder: string): Account {
  const found = readTemplateAccount(folder, plan.environment);
  requirePlace(plan, folder, found);
  return found;
}

/**
 * The same of templates that were synthesized from this very plan.
 *
 * @throws TemplateError also when they are of another one: every difference would look like a fault of the access
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

/** @throws TemplateError when templates are of another account or Region than the plan */
export function requirePlace(
  { account, region, environment }: AccessPlan,
  folder: string,
  found: { readonly accountId: string; readonly region: string },
): void {
  if (found.accountId !== account || found.region !== region) {
    throw new TemplateError(
      folder,
      [],
      `was synthesized for ${found.accountId} in ${found.region}, and ${environment} is ${account} in ${region}; synthesize again with: npx cdk synth`,
    );
  }
}
