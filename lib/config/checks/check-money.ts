import type { Path, Problem } from '../problem';
import { quoted } from '../quoted';

/** The lists of a budget as written. Their entries may have the wrong type. */
interface BudgetLists {
  readonly alerts: readonly unknown[];
  readonly forecast: readonly unknown[];
  readonly notify: readonly unknown[];
}

/**
 * Maximum number of notifications in one budget (CreateBudget, botocore 1.44.5: "up to five"; other AWS documentation
 * says ten).
 */
const MAX_NOTIFICATIONS = 5;

/** Finds every problem with the budget at `path`. */
export function checkBudget(path: Path, { alerts, forecast, notify }: BudgetLists): readonly Problem[] {
  const problems: Problem[] = [];
  if (alerts.length + forecast.length > MAX_NOTIFICATIONS) {
    problems.push({
      path: [...path, 'alerts'],
      message: `alerts and forecast together have ${alerts.length + forecast.length} notifications; AWS Budgets allows ${MAX_NOTIFICATIONS} per budget, so remove ${alerts.length + forecast.length - MAX_NOTIFICATIONS}`,
    });
  }
  for (const [key, values] of Object.entries({ alerts, forecast, notify })) {
    for (const i of repeated(values)) {
      const what = key === 'notify' ? quoted(String(values[i])) : `${String(values[i])} percent`;
      problems.push({ path: [...path, key, i], message: `${what} is listed twice; remove one entry` });
    }
  }
  return problems;
}

/** Returns the indexes of texts and numbers that the list already holds at an earlier index. */
function repeated(values: readonly unknown[]): readonly number[] {
  const seen = new Set<unknown>();
  return values.flatMap((value, i) => {
    const isRepeated = seen.has(value) && (typeof value === 'number' || typeof value === 'string');
    seen.add(value);
    return isRepeated ? [i] : [];
  });
}

/** Checks that the applications' budgets together do not exceed the limit of the environment. */
export function checkTotal(budgets: readonly number[], monthlyUsd: number): readonly Problem[] {
  const total = Math.round(budgets.reduce((sum, usd) => sum + usd, 0) * 100) / 100;
  return total <= monthlyUsd
    ? []
    : [
        {
          path: ['limits', 'monthlyUsd'],
          message: `the applications' budgets add up to $${total}, which is above limits.monthlyUsd of $${monthlyUsd}; lower a budget, or have the limit raised`,
        },
      ];
}
