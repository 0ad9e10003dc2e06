import type { Account } from '../../../lib/account/account';
import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import type { AccessPlan } from '../../../lib/plan/environment/access-plan';
import { application, planOf } from '../../plan/environments';
import { sharedAssembly } from '../../stacks/shared-assembly';

const budget = { monthlyUsd: 100, alerts: [80], notify: ['team@example.com'], atLimit: 'deny' };
const shared = [{ role: 'shared-api' }, { user: 'alice' }];

/** Two applications that share a role, a user and a model. Each is denied its profiles at its limit. */
export const limitedPlan: AccessPlan = planOf({
  shop: application({
    models: {
      main: { model: 'anthropic.claude-sonnet-4-6', routing: 'us' },
      fast: { model: 'amazon.nova-lite-v1:0', routing: 'regional' },
    },
    principals: [{ service: 'lambda.amazonaws.com' }, ...shared],
    budget,
    alarms: { dailyUsd: 40 },
  }),
  search: application({ principals: [...shared, { role: 'search-api' }], budget }),
  chat: application(),
});

let read: Account | undefined;

/** Returns the account of that plan, which is synthesized and read once for a test file. */
export function limitedAccount(): Account {
  read ??= readTemplateAccount(sharedAssembly(limitedPlan), limitedPlan.environment);
  return read;
}
