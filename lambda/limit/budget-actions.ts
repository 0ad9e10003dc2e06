import {
  type BudgetsClient,
  DescribeBudgetActionCommand,
  DescribeBudgetActionHistoriesCommand,
  type DescribeBudgetActionHistoriesResponse,
  DescribeBudgetActionsForAccountCommand,
  type DescribeBudgetActionsForAccountResponse,
  ExecuteBudgetActionCommand,
} from '@aws-sdk/client-budgets';
import type { Clock } from '../../aws/clock';
import type { AskAws } from './policies/ask-aws';

/** The parts of a budget's action that matter for a denial. */
export interface BudgetAction {
  readonly budgetName: string;
  readonly actionId: string;
  /** Status in AWS Budgets, such as `STANDBY` or `EXECUTION_SUCCESS`. */
  readonly status: string;
  /** ARN of the policy that the action attaches. */
  readonly policyArn: string;
}

/** The actions of an account's budgets. */
export interface BudgetActions {
  /** Lists the actions that attach a policy. */
  list(): Promise<readonly BudgetAction[]>;
  /** Returns true if the action reached its present status at `start` or later. */
  changedSince(action: BudgetAction, start: Date): Promise<boolean>;
  /**
   * Makes AWS Budgets undo the action, or reset it so that it watches the budget again. Returns the resulting status.
   */
  execute(action: BudgetAction, type: 'REVERSE_BUDGET_ACTION' | 'RESET_BUDGET_ACTION'): Promise<string>;
}

/** Maximum time that AWS Budgets may take to detach a policy, in milliseconds. */
const LONGEST_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 2_000;

export function budgetActions(budgets: BudgetsClient, ask: AskAws, AccountId: string, clock: Clock): BudgetActions {
  const idOf = ({ budgetName, actionId }: BudgetAction) => ({ AccountId, BudgetName: budgetName, ActionId: actionId });
  const status = async (action: BudgetAction): Promise<string> => {
    const { Action } = await ask(`read the action of the budget ${action.budgetName}`, (abortSignal) =>
      budgets.send(new DescribeBudgetActionCommand(idOf(action)), { abortSignal }),
    );
    return Action?.Status ?? '';
  };
  return {
    async list() {
      const found: BudgetAction[] = [];
      let NextToken: string | undefined;
      do {
        const page: DescribeBudgetActionsForAccountResponse = await ask('list the actions of budgets', (abortSignal) =>
          budgets.send(new DescribeBudgetActionsForAccountCommand({ AccountId, MaxResults: 100, NextToken }), {
            abortSignal,
          }),
        );
        for (const { BudgetName = '', ActionId = '', Status = '', Definition } of page.Actions ?? []) {
          const policyArn = Definition?.IamActionDefinition?.PolicyArn;
          if (policyArn !== undefined) {
            found.push({ budgetName: BudgetName, actionId: ActionId, status: Status, policyArn });
          }
        }
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return found;
    },

    async changedSince(action, start) {
      let NextToken: string | undefined;
      do {
        const page: DescribeBudgetActionHistoriesResponse = await ask(
          `read the history of the action of the budget ${action.budgetName}`,
          (abortSignal) =>
            budgets.send(new DescribeBudgetActionHistoriesCommand({ ...idOf(action), MaxResults: 100, NextToken }), {
              abortSignal,
            }),
        );
        const changes = (page.ActionHistories ?? [])
          // The history also records deployments that change the action, with its status at that time.
          .filter(({ EventType }) => EventType === 'SYSTEM' || EventType === 'EXECUTE_ACTION')
          .filter(({ Status }) => Status === action.status);
        if (changes.some(({ Timestamp }) => Timestamp !== undefined && Timestamp >= start)) {
          return true;
        }
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return false;
    },

    async execute(action, ExecutionType) {
      await ask(`execute ${ExecutionType} for the budget ${action.budgetName}`, (abortSignal) =>
        budgets.send(new ExecuteBudgetActionCommand({ ...idOf(action), ExecutionType }), { abortSignal }),
      );
      const since = clock.now();
      let current = await status(action);
      while (
        // Just after the call, AWS Budgets may still return the old status.
        (current.endsWith('_IN_PROGRESS') || current === action.status) &&
        clock.now() - since < LONGEST_MILLISECONDS &&
        clock.timeLeft() > 2 * POLL_MILLISECONDS
      ) {
        await clock.sleep(POLL_MILLISECONDS);
        current = await status(action);
      }
      return current;
    },
  };
}
