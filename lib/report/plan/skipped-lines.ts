import type { ApplicationPlan } from '../../plan/application/application-plan';

/** Lists the probes that the file asks for but that do not run, with a line for each reason. */
export function skippedLines({ name, skippedProbes }: ApplicationPlan): readonly string[] {
  const reasons = [...new Set(skippedProbes.map((s) => s.reason))];
  return reasons.map((reason) => {
    const skipped = skippedProbes.filter((s) => s.reason === reason);
    const probes = [...new Set(skipped.map((s) => s.probe))].join(', ');
    const aliases = [...new Set(skipped.map((s) => s.alias))].join(', ');
    return `SKIPPED ${name}: ${probes} of ${aliases}: ${reason}`;
  });
}
