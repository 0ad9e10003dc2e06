import type { AccessPlan } from '../../plan/environment/access-plan';

/** Said of templates that carry the digest of another plan, or none: nothing that they show is about this one. */
export function staleTemplates({ environment }: AccessPlan): string {
  return `the templates were synthesized from another plan than ${environment} has now; synthesize again with: npx cdk synth`;
}
