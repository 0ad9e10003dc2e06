import type { WholeResource } from '../../account/account';
import { COST_TAGS_TYPE, LOGGING_TYPE } from '../../account/types/cloudformation';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { logsRole } from './account-settings-intent';
import { ownFunction } from './arns';

/**
 * States a second time the custom resources for the account's settings: which function they call, and with what values.
 */
export function accountSettingTriggers(plan: AccessPlan): readonly WholeResource[] {
  const { environment, logging, costAllocationTags } = plan;
  const calls = {
    ServiceToken: ownFunction(plan, 'account-settings'),
    ServiceTimeout: 240,
  };
  const LogGroupName = `/bedrock-access/${environment}/invocations`;
  const logs = { ...calls, LogGroupName, RoleArn: logsRole(plan), Content: logging?.content };
  return [
    ...(logging === undefined ? [] : [{ type: LOGGING_TYPE, name: 'invocation logging', properties: logs }]),
    ...(costAllocationTags === undefined
      ? []
      : [
          { type: COST_TAGS_TYPE, name: 'cost allocation tags', properties: { ...calls, TagKeys: costAllocationTags } },
        ]),
  ];
}
