import { messageOf } from '../../aws/errors/message-of';
import { type Cause, joined, type LimitAnswer } from './act';
import { type BudgetStep, budgetFindings } from './budget-step';
import { deny } from './deny';
import { lift } from './lift';
import type { LimitDependencies } from './limit-dependencies';
import type { Limited } from './store/limit-parameters';
import { dayOf, type LimitState } from './store/limit-state';

/** Denies an application for a person, until a person releases it. */
export async function denyByHand(
  parameters: Limited,
  { reason, by }: { readonly reason: string; readonly by: string },
  dependencies: LimitDependencies,
): Promise<LimitAnswer> {
  const { limits, today } = dependencies;
  const { released: _, ...state } = parameters.state ?? {};
  const held = { reason, by, at: today().toISOString() };
  const written = await limits.writeState(parameters, { ...state, held });
  return deny({ ...written, limit: parameters.limit }, `${by} denied it: ${reason}`, { deny: by }, dependencies);
}

/**
 * Releases an application for a person. The dollars of this day deny it no more. The budget's action is reversed and
 * not reset: it stays idle in this month.
 */
export async function releaseByHand(
  parameters: Limited,
  by: string,
  dependencies: LimitDependencies,
): Promise<LimitAnswer> {
  const { settings, limits, budgets, today } = dependencies;
  const now = today();
  const { held: _, ...state } = parameters.state ?? {};
  const released: LimitState['released'] = { by, at: now.toISOString(), day: dayOf(now) };
  const written = await limits.writeState(parameters, { ...state, released });
  const policyArn = settings.policyArn(parameters.application);
  const failures: string[] = [];
  const steps: BudgetStep[] = [];
  try {
    // A person is waiting, so the denial is lifted as far as possible even if AWS Budgets does not answer.
    const actions = (await budgets.list()).filter((action) => action.policyArn === policyArn);
    steps.push(...(await budgetFindings(actions, written.state, budgets, now)).steps);
  } catch (error) {
    failures.push(messageOf(error));
  }
  const cause: Cause = { release: by };
  const lifted = await lift(
    { ...written, limit: parameters.limit },
    { isInForce: true, steps, by: cause },
    dependencies,
  );
  return joined([lifted, { acts: [], failures }]);
}
