import type { Account } from '../../lib/account/account';
import { readTemplateAccount } from '../../lib/account/templates/template-account';
import { type AccessPlan, planAccess } from '../../lib/plan/environment/access-plan';
import { shipped } from '../plan/environments';
import { sharedAssembly } from '../stacks/shared-assembly';

/** An environment that the project ships, as its plan and as its synthesized templates. */
export interface ShippedAccount {
  readonly plan: AccessPlan;
  readonly account: Account;
}

const READ = new Map<string, ShippedAccount>();

/** Synthesized and read once a test file. @param only the one application that is kept; without it all are */
export function shippedAccount(name: 'dev' | 'prod', only?: string): ShippedAccount {
  const environment = shipped(name);
  const applications = Object.entries(environment.applications).filter(([a]) => only === undefined || a === only);
  const plan = planAccess({ ...environment, applications: Object.fromEntries(applications) });
  const key = `${name}/${only}`;
  const found = READ.get(key) ?? { plan, account: readTemplateAccount(sharedAssembly(plan), name) };
  READ.set(key, found);
  return found;
}
