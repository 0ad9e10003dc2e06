import type { AccessPlan } from '../../plan/environment/access-plan';

/** Returns the message about templates that carry another plan's digest or none. They prove nothing about this plan. */
export function staleTemplates({ environment }: AccessPlan): string {
  return `the templates were synthesized from another plan than ${environment} has now; synthesize again with: npx cdk synth`;
}
