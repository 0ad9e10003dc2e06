import type { Account } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { accountArns } from '../finding/account-arns';
import { inRegion, ownPolicy, ownRole } from './arns';

/** A function that the templates must have. */
export interface IntendedFunction {
  readonly name: string;
  readonly roleArn: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** States a second time which functions exist, which role each runs as, and its environment variables. */
export function intendedFunctions(plan: AccessPlan, account: Account): readonly IntendedFunction[] {
  const { environment, everyHours, logging, costAllocationTags, decoy } = plan;
  const ofApplication = (end: string): string => `${environment}_{application}_${end}`;
  const stacks = (name: string): string => inRegion(plan, 'cloudformation', `stack/${environment}--${name}/*`);
  const variables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    verification: {
      ENVIRONMENT: environment,
      PROBE_ROLE_ARN: ownRole(plan, `probe/${ofApplication('probe')}`),
      POLICIES_PROBE_ROLE_ARN: ownRole(plan, `probe/${ofApplication('probe-policies')}`),
      DECOY_PROFILE_ARN: accountArns(account)(decoy.profileArn),
      OWN_STACKS: stacks('*'),
    },
    meter: {
      ENVIRONMENT: environment,
      EVERY_HOURS: `${everyHours}`,
      VERIFICATION_RULE: `${environment}_verification-schedule`,
    },
    limit: {
      ENVIRONMENT: environment,
      LIMIT_ROLE_ARN: ownRole(plan, `limit/${ofApplication('limit')}`),
      DENIAL_POLICY_ARN: ownPolicy(plan, ofApplication('limit')),
      PROBE_ROLE_NAMES: `${ofApplication('probe')},${ofApplication('probe-policies')}`,
      OWN_STACKS: stacks('*'),
    },
    ...(logging === undefined && costAllocationTags === undefined
      ? {}
      : {
          'account-settings': {
            OWN_STACKS: stacks('Foundation'),
            LOG_GROUP_NAME: `/bedrock-access/${environment}/invocations`,
            LOG_ROLE_ARN: ownRole(plan, `${environment}_invocation-logs`),
            ...(logging !== undefined && { LOG_CONTENT: `${logging.content}` }),
            ...(costAllocationTags !== undefined && {
              SCHEDULE_RULE_ARN: inRegion(plan, 'events', `rule/${environment}_account-settings-schedule`),
            }),
          },
        }),
  };
  return Object.entries(variables).map(([part, own]) => ({
    name: `${environment}_${part}`,
    roleArn: ownRole(plan, `${environment}_${part}`),
    environment: own,
  }));
}
