import type { Path, Problem } from './problem';
import { quoted } from './quoted';

/** The lists of a budget as they are written; what stands in them may be of the wrong kind. */
interface BudgetLists {
  readonly alerts: readonly unknown[];
  readonly forecast: readonly unknown[];
  readonly notify: readonly unknown[];
}

/** AWS Budgets takes five notifications a budget (CreateBudget, botocore 1.44.5: "up to five"; some text says ten). */
const MAX_NOTIFICATIONS = 5;

/** Everything wrong with one application's budget, at `path`. */
export function checkBudget(path: Path, { alerts, forecast, notify }: BudgetLists): readonly Problem[] {
  const problems: Problem[] = [];
  if (alerts.length + forecast.length > MAX_NOTIFICATIONS) {
    problems.push({
      path: [...path, 'alerts'],
      message: `alerts and forecast are ${alerts.length + forecast.length} notifications together; AWS Budgets takes ${MAX_NOTIFICATIONS} a budget, so remove ${alerts.length + forecast.length - MAX_NOTIFICATIONS}`,
    });
  }
  for (const [key, values] of Object.entries({ alerts, forecast, notify })) {
    for (const i of repeated(values)) {
      const what = key === 'notify' ? quoted(String(values[i])) : `${String(values[i])} percent`;
      problems.push({ path: [...path, key, i], message: `${what} is here a second time; remove it` });
    }
  }
  return problems;
}

/** Where a list holds a text or a number that stands earlier in it. */
function repeated(values: readonly unknown[]): readonly number[] {
  const seen = new Set<unknown>();
  return values.flatMap((value, i) => {
    const again = seen.has(value) && (typeof value === 'number' || typeof value === 'string');
    seen.add(value);
    return again ? [i] : [];
  });
}

/** Applications together may not be promised more than the environment may spend. */
export function checkTotal(budgets: readonly number[], monthlyUsd: number): readonly Problem[] {
  const total = Math.round(budgets.reduce((sum, usd) => sum + usd, 0) * 100) / 100;
  return total <= monthlyUsd
    ? []
    : [
        {
          path: ['limits', 'monthlyUsd'],
          message: `the applications' budgets add up to $${total}, which is above limits.monthlyUsd of $${monthlyUsd}; lower a budget or have the limit raised`,
        },
      ];
}
