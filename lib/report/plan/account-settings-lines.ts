import type { AccessPlan } from '../../plan/environment/access-plan';

/** What is set in the account for everybody, where the file asks for it. */
export function accountSettingsLines({ logging, costAllocationTags }: AccessPlan): readonly string[] {
  return [
    ...(logging === undefined
      ? []
      : [
          `every call of this account and Region is logged to ${logging.logGroupName} for ${logging.retentionDays} days, ${logging.content ? 'with' : 'without'} prompts and answers`,
        ]),
    ...(costAllocationTags === undefined
      ? []
      : [`activated for billing, where this account pays: ${costAllocationTags.join(', ')}`]),
  ];
}
