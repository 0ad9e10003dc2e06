import type { Account } from '../../lib/account/account';
import { readTemplateAccount } from '../../lib/account/templates/template-account';
import { type AccessPlan, planAccess } from '../../lib/plan/environment/access-plan';
import { testEnvironment } from '../plan/environments';
import { sharedAssembly } from '../stacks/shared-assembly';

/** An environment of the tests: its plan, and the account that its synthesized templates make. */
export interface PlannedAccount {
  readonly plan: AccessPlan;
  readonly account: Account;
}

const READ = new Map<string, PlannedAccount>();

/**
 * Returns an environment of the tests, which is synthesized and read once for a test file.
 *
 * @param only the applications that are kept; by default all are
 */
export function plannedAccount(
  name: 'dev' | 'network' | 'prod' | 'callers',
  ...only: readonly string[]
): PlannedAccount {
  const plan = planAccess(testEnvironment(name, ...only));
  const key = [name, ...only].join('/');
  const result = READ.get(key) ?? { plan, account: readTemplateAccount(sharedAssembly(plan), name) };
  READ.set(key, result);
  return result;
}
