import { messageOf } from '../../aws/errors/message-of';
import type { BudgetAction, BudgetActions } from './budget-actions';
import type { Evidence } from './decide';
import type { LimitState } from './store/limit-state';

type Execution = 'REVERSE_BUDGET_ACTION' | 'RESET_BUDGET_ACTION';

/** What has to be done with the action of a budget before its application is free. */
export interface BudgetStep {
  readonly action: BudgetAction;
  readonly executions: readonly Execution[];
}

/** What the actions of an application's budget say. */
export interface BudgetFindings {
  readonly evidence: NonNullable<Evidence['budget']>;
  readonly steps: readonly BudgetStep[];
}

/** Statuses of a budget's own action that denies in this period or is about to. */
const DENYING = ['EXECUTION_SUCCESS', 'EXECUTION_IN_PROGRESS', 'EXECUTION_FAILURE'];

/**
 * Finds whether AWS Budgets denies an application in this month, and what its action needs if it does not.
 *
 * AWS Budgets resets actions that attach IAM policies at the beginning of a period ("AWS Budgets Actions", announcement
 * of 2020-10-15). AWS does not document at what time of that day, nor how a failure looks. So an action that still has
 * the status of an execution in an earlier month is reversed here. It is also reset, because AWS Budgets does not
 * evaluate a reversed action for the rest of the period ("Reviewing and approving your budget action", AWS Cost
 * Management User Guide). An execution before a release by hand denies no more in its month, and is not reset.
 */
export async function budgetFindings(
  actions: readonly BudgetAction[],
  state: LimitState | undefined,
  budgets: BudgetActions,
  now: Date,
): Promise<BudgetFindings> {
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const released = new Date(state?.released?.at ?? 0);
  const steps: BudgetStep[] = [];
  for (const action of actions) {
    const isDenying = DENYING.includes(action.status);
    if (!isDenying && action.status !== 'REVERSE_SUCCESS') {
      continue;
    }
    const isOfThisMonth = await budgets.changedSince(action, month);
    if (!isDenying) {
      steps.push(...(isOfThisMonth ? [] : [{ action, executions: ['RESET_BUDGET_ACTION'] } as const]));
    } else if (isOfThisMonth && (released < month || (await budgets.changedSince(action, released)))) {
      const denies = `AWS Budgets says that the budget ${action.budgetName} is spent (${action.status})`;
      return { evidence: { denies }, steps: [] };
    } else if (action.status === 'EXECUTION_SUCCESS') {
      const reset = isOfThisMonth ? [] : (['RESET_BUDGET_ACTION'] as const);
      steps.push({ action, executions: ['REVERSE_BUDGET_ACTION', ...reset] });
    }
  }
  return { evidence: 'idle', steps };
}

/** Takes the steps. Returns the new status of each action. */
export async function takeSteps(
  steps: readonly BudgetStep[],
  { budgets }: { readonly budgets: BudgetActions },
): Promise<{ readonly notes: readonly string[]; readonly failures: readonly string[] }> {
  const notes: string[] = [];
  const failures: string[] = [];
  for (const step of steps) {
    let { action } = step;
    try {
      for (const execution of step.executions) {
        const status = await budgets.execute(action, execution);
        notes.push(`the action of the budget ${action.budgetName} now has the status ${status}`);
        action = { ...action, status };
      }
    } catch (error) {
      failures.push(messageOf(error));
    }
  }
  return { notes, failures };
}
