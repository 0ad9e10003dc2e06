import type { Cause, LimitAnswer } from './act';
import { inWords } from './denial';
import type { LimitDependencies } from './limit-dependencies';

/**
 * Attaches an application's denial to everybody who carries its access, but for the roles that only try it: those tell
 * what its policies grant, and a denial is a state in time.
 */
export async function deny(application: string, by: Cause, dependencies: LimitDependencies): Promise<LimitAnswer> {
  const { settings, denialOf, today } = dependencies;
  const denial = await denialOf(application);
  const probes = settings.probeRoleNames(application);
  const principals = (await denial.entitled()).filter(({ kind, name }) => kind === 'user' || !probes.includes(name));
  const { moved, failures } = await denial.attach(principals);
  const act = { act: 'denied', application, by, at: today().toISOString(), principals: moved.map(inWords) } as const;
  return { acts: [act], failures };
}
