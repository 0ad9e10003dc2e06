import type { LimitAnswer } from './act';
import type { BudgetAction } from './budget-actions';
import type { LimitDependencies } from './limit-dependencies';
import { type BudgetStep, release } from './release';

/** Statuses that say that the budget's own action denies in this period, or is about to. */
const DENYING = ['EXECUTION_SUCCESS', 'EXECUTION_IN_PROGRESS', 'EXECUTION_FAILURE'];

const BY = { schedule: 'daily' } as const;

/**
 * Lifts, once a day, what has run out: what an alarm set on an earlier day, and what a budget set in an earlier month.
 *
 * AWS Budgets resets actions that attach IAM policies by itself when a period begins ("AWS Budgets Actions", announcement
 * of 2020-10-15), and says neither when on that day nor what a failure of it looks like. So an action that still stands
 * as executed in an earlier month is undone here, and told to watch the budget again: one that was undone is otherwise
 * not evaluated for the rest of a period ("Reviewing and approving your budget action", AWS Cost Management User Guide).
 * This holds on every day of the month, so that a run that was missed loses nothing.
 */
export async function lift(dependencies: LimitDependencies): Promise<LimitAnswer> {
  const { settings, attachedPolicies, budgets, today, log } = dependencies;
  const attached = new Set((await attachedPolicies()).flatMap((arn) => settings.applicationOf(arn) ?? []));
  const actions = new Map(
    (await budgets.all()).flatMap((action): readonly [string, BudgetAction][] => {
      const application = settings.applicationOf(action.policyArn);
      return application === undefined ? [] : [[application, action]];
    }),
  );
  const answers: LimitAnswer[] = [];
  for (const application of [...new Set([...attached, ...actions.keys()])].sort()) {
    try {
      const action = actions.get(application);
      const step = await due(action, dependencies);
      if (step === 'keep') {
        const note = `the budget ${action?.budgetName} was reached this month (${action?.status})`;
        const at = today().toISOString();
        answers.push({ acts: [{ act: 'kept', application, by: BY, at, principals: [], note }], failures: [] });
      } else if (attached.has(application) || step !== 'nothing') {
        answers.push(await release(application, BY, { action, step }, dependencies));
      }
    } catch (error) {
      // One application must not keep the others denied.
      answers.push({
        acts: [],
        failures: [`${application}: ${error instanceof Error ? error.message : String(error)}`],
      });
    }
  }
  log(JSON.stringify({ lifted: answers.length, denied: [...attached], actions: actions.size }));
  return { acts: answers.flatMap(({ acts }) => acts), failures: answers.flatMap(({ failures }) => failures) };
}

async function due(
  action: BudgetAction | undefined,
  { budgets, today }: LimitDependencies,
): Promise<BudgetStep | 'keep'> {
  if (action === undefined) {
    return 'nothing';
  }
  const now = today();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  if (DENYING.includes(action.status)) {
    if (await budgets.changedSince(action, month)) {
      return 'keep';
    }
    return action.status === 'EXECUTION_SUCCESS' ? 'reverse and reset' : 'nothing';
  }
  return action.status === 'REVERSE_SUCCESS' && !(await budgets.changedSince(action, month)) ? 'reset' : 'nothing';
}
