import type { Cause, LimitAnswer } from './act';
import { inWords } from './denial';
import type { LimitDependencies } from './limit-dependencies';

/**
 * Attaches an application's denial to all principals that have its access policy, except the probe roles. Their probes
 * verify the access that the policies grant, and a temporary denial must not change that result.
 */
export async function deny(application: string, by: Cause, dependencies: LimitDependencies): Promise<LimitAnswer> {
  const { settings, denialOf, today } = dependencies;
  const denial = await denialOf(application);
  const probes = settings.probeRoleNames(application);
  const principals = (await denial.entitled()).filter(({ kind, name }) => kind === 'user' || !probes.includes(name));
  const { changed, failures } = await denial.attach(principals);
  const act = { act: 'denied', application, by, at: today().toISOString(), principals: changed.map(inWords) } as const;
  return { acts: [act], failures };
}
