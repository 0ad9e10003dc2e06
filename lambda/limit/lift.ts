import { messageOf } from '../../aws/errors/message-of';
import type { Act, Cause, LimitAnswer } from './act';
import { type BudgetStep, takeSteps } from './budget-step';
import { changedMeanwhile } from './changed-meanwhile';
import type { LimitDependencies } from './limit-dependencies';
import { releaseNotice } from './notice';
import { inWords, union, without } from './policies/carrier';
import { restoreAccess } from './policies/restore-access';
import type { Limited } from './store/limit-parameters';
import { tell } from './tell';

/**
 * Lifts the denial of an application, and tells its owner.
 *
 * If the budget's action attached the denial, AWS Budgets detaches it by a reversal of the action. Otherwise AWS
 * Budgets would not know of it, and would attach the denial again in the same period. Remaining attachments are
 * detached here, for example to a principal that the action does not name.
 *
 * @param isInForce false if only the budget's action needs a step
 */
export async function lift(
  parameters: Limited,
  { isInForce, steps, by }: { readonly isInForce: boolean; readonly steps: readonly BudgetStep[]; readonly by: Cause },
  dependencies: LimitDependencies,
): Promise<LimitAnswer> {
  const { application, limit, state } = parameters;
  const { settings, limits, denialOf, today } = dependencies;
  const isByHand = 'release' in by;
  if (!isByHand && (await changedMeanwhile(parameters, dependencies))) {
    return { acts: [], failures: [] };
  }
  const denial = await denialOf(application);
  const before = await denial.carriers(denial.policyArn);
  if (before.length === 0 && state?.denied === undefined && steps.length === 0 && !isByHand) {
    // IAM's list of attached policies was a few seconds old.
    return { acts: [], failures: [] };
  }
  const taken = await takeSteps(steps, dependencies);
  const restored = isInForce
    ? await restoreAccess(denial, limit.policyArns, limit.principals)
    : { principals: [], failures: [] };
  const failures = [...taken.failures, ...restored.failures];
  const still = restored.failures.length === 0 ? [] : await denial.carriers(denial.policyArn);
  if (restored.failures.length === 0 && state?.denied !== undefined) {
    const { denied: _, ...rest } = state;
    await limits.writeState(parameters, rest).catch((error: unknown) => {
      failures.push(messageOf(error));
    });
  }
  const freed = without(union(before, restored.principals), still);
  const withoutAccess = without(freed, before);
  const principals = freed.map(inWords);
  if (principals.length === 0 && restored.failures.length > 0) {
    // The owner knows already, and the failures are those of the run before.
    return { acts: [], failures };
  }
  const act: Act = {
    ...({ act: 'released', application, by, at: today().toISOString() } as const),
    principals: without(freed, withoutAccess).map(inWords),
    ...(withoutAccess.length > 0 && { withoutAccess: withoutAccess.map(inWords) }),
    ...(taken.notes.length > 0 && { note: taken.notes.join('; ') }),
  };
  const lines = [
    ...(state?.denied === undefined ? [] : [`It was denied since ${state.denied.at}: ${state.denied.why}.`]),
    ...('release' in by ? [`Released by ${by.release}.`] : ['Nothing denies it any more.']),
    ...(principals.length === 0 ? [] : [`They may call its profiles: ${principals.join(', ')}.`]),
    ...taken.notes.map((note) => `${note}.`),
  ];
  const happened = { environment: settings.environment, application, lines, failures };
  const untold = isInForce ? await tell(limit, releaseNotice(happened), dependencies) : [];
  return { acts: [act], failures: [...failures, ...untold] };
}
