import type { AccessPlan } from '../../../plan/environment/access-plan';
import type { TrustStatement } from '../../../plan/parts/statement';
import { inAccount, inRegion } from '../arns';
import { actingFor, assumedBy, service } from './trust-statements';

/** States who may assume a role that serves this project itself, by the role's name without the environment's name. */
export function serviceRoleTrust(plan: AccessPlan, name: string): readonly TrustStatement[] {
  const { account, environment, applications } = plan;
  const part = name.slice(environment.length + 1);
  switch (part) {
    case 'verification':
      return [service('Lambda', 'lambda.amazonaws.com')];
    case 'account-settings':
    case 'limit':
    case 'meter':
      return [service('Service', 'lambda.amazonaws.com')];
    case 'invocation-logs':
      return [actingFor(account, 'bedrock.amazonaws.com', inRegion(plan, 'bedrock', '*'))];
    case 'verification-starter': {
      const rule = inRegion(plan, 'events', `rule/${environment}_verification-schedule`);
      return [actingFor(account, 'events.amazonaws.com', rule)];
    }
    case 'verification-runner':
      return [actingFor(account, 'states.amazonaws.com', inRegion(plan, 'states', '*'))];
    default:
      return applications.some((a) => part === `${a.name}_limit`)
        ? [
            actingFor(account, 'budgets.amazonaws.com', inAccount(plan, 'budgets', 'budget/*')),
            assumedBy(plan, 'LimitFunctionAlone', 'limit'),
          ]
        : [];
  }
}
