import type { ApplicationPlan } from '../../plan/application/application-plan';

/**
 * Says in words what the principals of an application may do: a line for every generation and for each other access.
 */
export function accessInWords({ name, generations, guardrail }: ApplicationPlan): readonly string[] {
  return [
    ...generations.map(
      (g) => `calls of ${g.modelId} (${g.routing}) through the profile ${g.profileName}, and looking it up`,
    ),
    `reading the aliases of ${name}`,
    ...(guardrail === undefined ? [] : [`applying the guardrail ${guardrail.id}:${guardrail.version}`]),
  ];
}
