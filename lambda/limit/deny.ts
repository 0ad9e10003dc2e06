import { messageOf } from '../../aws/errors/message-of';
import type { Cause, LimitAnswer } from './act';
import { changedMeanwhile } from './changed-meanwhile';
import type { LimitDependencies } from './limit-dependencies';
import { denialNotice } from './notice';
import { type Carrier, inWords } from './policies/carrier';
import { denyPrincipals, undeniedPrincipals } from './policies/deny-principals';
import type { Limited } from './store/limit-parameters';
import { tell } from './tell';

/**
 * Denies an application its profiles and tells its owner what happened. If all its principals are denied already, it
 * does nothing.
 *
 * The probe roles are left out. Their probes verify the access that the policies grant, and a temporary denial must not
 * change that result.
 */
export async function deny(
  parameters: Limited,
  why: string,
  by: Cause,
  dependencies: LimitDependencies,
): Promise<LimitAnswer> {
  const { application, limit, state } = parameters;
  const { settings, limits, denialOf, today } = dependencies;
  const denial = await denialOf(application);
  const undenied = await undeniedPrincipals(denial, limit.policyArns, settings.probeRoleNames(application));
  const isNew = state !== undefined && state.denied === undefined;
  const isByHand = 'deny' in by;
  if (undenied.length === 0 && !isNew && !isByHand) {
    return { acts: [], failures: [] };
  }
  if (!isByHand && (await changedMeanwhile(parameters, dependencies))) {
    return { acts: [], failures: [] };
  }
  const at = today().toISOString();
  const failures: string[] = [];
  if (isNew) {
    // The state is written first: it says that access policies may have to be attached again.
    await limits.writeState(parameters, { ...state, denied: { at, why } }).catch((error: unknown) => {
      failures.push(messageOf(error));
    });
  }
  const denied = await denyPrincipals(denial, limit.policyArns, undenied);
  failures.push(...denied.failures);
  const { attached, withoutAccess } = denied;
  const act = {
    ...({ act: 'denied', application, by, at, principals: attached.map(inWords) } as const),
    ...(withoutAccess.length > 0 && { withoutAccess: withoutAccess.map(inWords) }),
    note: why,
  };
  if (!isNew && !isByHand && attached.length + withoutAccess.length === 0) {
    // The owner knows already, and the failures are those of the run before.
    return { acts: [], failures };
  }
  const lines = [
    `Why: ${why}.`,
    ...listed('The denial was attached to', attached),
    ...listed('The denial could not be attached, so the access policies were detached from', withoutAccess),
    ...(undenied.length === 0 ? ['All its principals were denied already.'] : []),
  ];
  const happened = { environment: settings.environment, application, lines, failures };
  return { acts: [act], failures: [...failures, ...(await tell(limit, denialNotice(happened), dependencies))] };
}

function listed(what: string, carriers: readonly Carrier[]): readonly string[] {
  return carriers.length === 0 ? [] : [`${what}: ${carriers.map(inWords).join(', ')}.`];
}
