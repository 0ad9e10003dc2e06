import type { Act, Cause, LimitAnswer } from './act';
import type { BudgetAction } from './budget-actions';
import { type Carrier, inWords } from './denial';
import type { LimitDependencies } from './limit-dependencies';

/** What else has to happen to the action of the application's budget. */
export type BudgetStep = 'reverse' | 'reverse and reset' | 'reset' | 'nothing';

/**
 * Detaches an application's denial from everybody who carries it.
 *
 * What a budget's action attached, AWS Budgets detaches itself: only then does it know, and does not attach it again in
 * the same period. Its role does that with the same rights as ours. What it leaves, such as what the day's alarm attached
 * to somebody whom the action does not name, is detached here.
 */
export async function release(
  application: string,
  by: Cause,
  budget: { readonly action?: BudgetAction | undefined; readonly step: BudgetStep },
  { denialOf, budgets, today }: LimitDependencies,
): Promise<LimitAnswer> {
  const denial = await denialOf(application);
  const carried = (await denial.carriers()) ?? [];
  const notes: string[] = [];
  const failures: string[] = [];
  let { action } = budget;
  for (const type of typesOf(budget.step)) {
    if (action === undefined) {
      break;
    }
    try {
      const status = await budgets.execute(action, type);
      notes.push(`the action of the budget ${action.budgetName} came to ${status}`);
      action = { ...action, status };
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
      break;
    }
  }
  const left: readonly Carrier[] = carried.length === 0 ? [] : ((await denial.carriers()) ?? []);
  const { failures: undetached } = await denial.detach(left);
  const still = undetached.length === 0 ? [] : ((await denial.carriers()) ?? []).map(inWords);
  const act: Act = {
    act: 'released',
    application,
    by,
    at: today().toISOString(),
    principals: carried.map(inWords).filter((name) => !still.includes(name)),
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

/** What a person's release asks of the budget's action: undone, and not watched again in this period. */
export async function releaseByHand(
  application: string,
  by: Cause,
  dependencies: LimitDependencies,
): Promise<LimitAnswer> {
  const { settings, budgets } = dependencies;
  const policyArn = settings.policyArn(application);
  const failures: string[] = [];
  // A person waits: what can be lifted is, also where AWS Budgets does not answer.
  const actions = await budgets.all().catch((error: unknown) => {
    failures.push(error instanceof Error ? error.message : String(error));
    return [];
  });
  const action = actions.find((a) => a.policyArn === policyArn);
  const step = action?.status === 'EXECUTION_SUCCESS' ? 'reverse' : 'nothing';
  const released = await release(application, by, { action, step }, dependencies);
  return { ...released, failures: [...failures, ...released.failures] };
}
