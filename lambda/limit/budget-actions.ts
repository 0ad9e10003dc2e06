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
import type { AskAws } from './ask-aws';

/** What of a budget's action decides about a denial. */
export interface BudgetAction {
  readonly budgetName: string;
  readonly actionId: string;
  /** As AWS Budgets calls it, such as `STANDBY` or `EXECUTION_SUCCESS`. */
  readonly status: string;
  /** ARN of the policy that it attaches. */
  readonly policyArn: string;
}

/** The actions of an account's budgets. */
export interface BudgetActions {
  /** Those that attach a policy. */
  all(): Promise<readonly BudgetAction[]>;
  /** Whether the action came to its present status at `start` or later. */
  changedSince(action: BudgetAction, start: Date): Promise<boolean>;
  /** Has AWS Budgets undo what the action did, or watch the budget again after that; answers the status it came to. */
  execute(action: BudgetAction, type: 'REVERSE_BUDGET_ACTION' | 'RESET_BUDGET_ACTION'): Promise<string>;
}

/** How long AWS Budgets may take to detach a policy. */
const LONGEST_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 2_000;

export function budgetActions(budgets: BudgetsClient, ask: AskAws, AccountId: string, clock: Clock): BudgetActions {
  const of = ({ budgetName, actionId }: BudgetAction) => ({ AccountId, BudgetName: budgetName, ActionId: actionId });
  const status = async (action: BudgetAction): Promise<string> => {
    const { Action } = await ask(`read the action of the budget ${action.budgetName}`, (abortSignal) =>
      budgets.send(new DescribeBudgetActionCommand(of(action)), { abortSignal }),
    );
    return Action?.Status ?? '';
  };
  return {
    async all() {
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
            budgets.send(new DescribeBudgetActionHistoriesCommand({ ...of(action), MaxResults: 100, NextToken }), {
              abortSignal,
            }),
        );
        const changes = (page.ActionHistories ?? [])
          // A deployment that changes the action is in its history too, with the status it has by then.
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
      await ask(`have the budget ${action.budgetName} do ${ExecutionType}`, (abortSignal) =>
        budgets.send(new ExecuteBudgetActionCommand({ ...of(action), ExecutionType }), { abortSignal }),
      );
      const since = clock.now();
      let came = await status(action);
      while (
        // Right after it was asked, the old status may still stand.
        (came.endsWith('_IN_PROGRESS') || came === action.status) &&
        clock.now() - since < LONGEST_MILLISECONDS &&
        clock.timeLeft() > 2 * POLL_MILLISECONDS
      ) {
        await clock.sleep(POLL_MILLISECONDS);
        came = await status(action);
      }
      return came;
    },
  };
}
