import type { Act, Cause, LimitAnswer } from './act';
import type { BudgetAction } from './budget-actions';
import { type Carrier, inWords } from './denial';
import type { LimitDependencies } from './limit-dependencies';

/** The step that the action of the application's budget needs in addition. */
export type BudgetStep = 'reverse' | 'reverse and reset' | 'reset' | 'nothing';

/**
 * Detaches an application's denial from all principals that it is attached to.
 *
 * If the budget's action attached the denial, AWS Budgets detaches it by a reversal of the action. Otherwise AWS
 * Budgets would not know of it, and would attach the denial again in the same period. Remaining attachments are
 * detached here, for example that of the daily alarm to a principal that the action does not name.
 */
export async function release(
  application: string,
  by: Cause,
  budget: { readonly action?: BudgetAction | undefined; readonly step: BudgetStep },
  { denialOf, budgets, today }: LimitDependencies,
): Promise<LimitAnswer> {
  const denial = await denialOf(application);
  const carriers = (await denial.carriers()) ?? [];
  const notes: string[] = [];
  const failures: string[] = [];
  let { action } = budget;
  for (const type of typesOf(budget.step)) {
    if (action === undefined) {
      break;
    }
    try {
      const status = await budgets.execute(action, type);
      notes.push(`the action of the budget ${action.budgetName} now has the status ${status}`);
      action = { ...action, status };
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
      break;
    }
  }
  const remaining: readonly Carrier[] = carriers.length === 0 ? [] : ((await denial.carriers()) ?? []);
  const { failures: undetached } = await denial.detach(remaining);
  const still = undetached.length === 0 ? [] : ((await denial.carriers()) ?? []).map(inWords);
  const act: Act = {
    act: 'released',
    application,
    by,
    at: today().toISOString(),
    principals: carriers.map(inWords).filter((name) => !still.includes(name)),
    ...(notes.length > 0 && { note: notes.join('; ') }),
  };
  return { acts: [act], failures: [...failures, ...undetached] };
}

function typesOf(step: BudgetStep): readonly ('REVERSE_BUDGET_ACTION' | 'RESET_BUDGET_ACTION')[] {
  switch (step) {
    case 'reverse':
      return ['REVERSE_BUDGET_ACTION'];
    case 'reverse and reset':
      return ['REVERSE_BUDGET_ACTION', 'RESET_BUDGET_ACTION'];
    case 'reset':
      return ['RESET_BUDGET_ACTION'];
    case 'nothing':
      return [];
  }
}

/**
 * Releases an application for a person. The budget's action is reversed and not reset: it stays idle in this period.
 */
export async function releaseByHand(
  application: string,
  by: Cause,
  dependencies: LimitDependencies,
): Promise<LimitAnswer> {
  const { settings, budgets } = dependencies;
  const policyArn = settings.policyArn(application);
  const failures: string[] = [];
  // A person is waiting, so the denial is detached as far as possible even if AWS Budgets does not answer.
  const actions = await budgets.list().catch((error: unknown) => {
    failures.push(error instanceof Error ? error.message : String(error));
    return [];
  });
  const action = actions.find((a) => a.policyArn === policyArn);
  const step = action?.status === 'EXECUTION_SUCCESS' ? 'reverse' : 'nothing';
  const released = await release(application, by, { action, step }, dependencies);
  return { ...released, failures: [...failures, ...released.failures] };
}
