import type { LimitAnswer } from './act';
import type { BudgetAction } from './budget-actions';
import type { LimitDependencies } from './limit-dependencies';
import { type BudgetStep, release } from './release';

/** Statuses of a budget's own action that denies in this period or is about to. */
const DENYING = ['EXECUTION_SUCCESS', 'EXECUTION_IN_PROGRESS', 'EXECUTION_FAILURE'];

const BY = { schedule: 'daily' } as const;

/**
 * Lifts the denials that have expired: those that an alarm set on an earlier day, and those that a budget set in an
 * earlier month. The schedule calls it once a day.
 *
 * AWS Budgets resets actions that attach IAM policies at the beginning of a period ("AWS Budgets Actions", announcement
 * of 2020-10-15). AWS does not document at what time of that day, nor how a failure looks. So an action that still has
 * the status of an execution in an earlier month is reversed here. It is also reset, because AWS Budgets does not
 * evaluate a reversed action for the rest of the period ("Reviewing and approving your budget action", AWS Cost
 * Management User Guide). The check runs on every day of the month, so a missed run does no harm.
 */
export async function lift(dependencies: LimitDependencies): Promise<LimitAnswer> {
  const { settings, attachedPolicies, budgets, today, log } = dependencies;
  const attached = new Set((await attachedPolicies()).flatMap((arn) => settings.applicationOf(arn) ?? []));
  const actions = new Map(
    (await budgets.list()).flatMap((action): readonly [string, BudgetAction][] => {
      const application = settings.applicationOf(action.policyArn);
      return application === undefined ? [] : [[application, action]];
    }),
  );
  const answers: LimitAnswer[] = [];
  for (const application of [...new Set([...attached, ...actions.keys()])].sort()) {
    try {
      const action = actions.get(application);
      const step = await dueStep(action, dependencies);
      if (step === 'keep') {
        const note = `the budget ${action?.budgetName} was reached this month (${action?.status})`;
        const at = today().toISOString();
        answers.push({ acts: [{ act: 'kept', application, by: BY, at, principals: [], note }], failures: [] });
      } else if (attached.has(application) || step !== 'nothing') {
        answers.push(await release(application, BY, { action, step }, dependencies));
      }
    } catch (error) {
      // A failure for one application must not keep the others denied.
      answers.push({
        acts: [],
        failures: [`${application}: ${error instanceof Error ? error.message : String(error)}`],
      });
    }
  }
  log(JSON.stringify({ lifted: answers.length, denied: [...attached], actions: actions.size }));
  return { acts: answers.flatMap(({ acts }) => acts), failures: answers.flatMap(({ failures }) => failures) };
}

async function dueStep(
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
