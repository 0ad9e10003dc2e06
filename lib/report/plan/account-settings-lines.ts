import type { AccessPlan } from '../../plan/environment/access-plan';

/** Lists the settings of the whole account that the file asks for. */
export function accountSettingsLines({ logging, costAllocationTags }: AccessPlan): readonly string[] {
  return [
    ...(logging === undefined
      ? []
      : [
          `every call in this account and Region is logged to ${logging.logGroupName} for ${logging.retentionDays} days, ${logging.content ? 'with' : 'without'} prompts and answers`,
        ]),
    ...(costAllocationTags === undefined
      ? []
      : [`cost allocation tags that are activated if this is the payer account: ${costAllocationTags.join(', ')}`]),
  ];
}
