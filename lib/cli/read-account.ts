import type { Account } from '../account/account';
import { readTemplateAccount } from '../account/template-account';
import { TemplateError } from '../account/template-error';
import type { AccessPlan } from '../plan/access-plan';
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
