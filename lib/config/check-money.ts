import type { ApplicationConfig } from './environment-schema';
import type { Path, Problem } from './problem';

type Budget = NonNullable<ApplicationConfig['budget']>;

/** AWS Budgets takes five notifications a budget (CreateBudget, botocore 1.44.5: "up to five"; some text says ten). */
const MAX_NOTIFICATIONS = 5;

/** Everything wrong with one application's budget, at `path`. */
export function checkBudget(path: Path, budget: Budget): readonly Problem[] {
  const { alerts, forecast } = budget;
  const problems: Problem[] = [];
  if (alerts.length + forecast.length > MAX_NOTIFICATIONS) {
    problems.push({
      path: [...path, 'alerts'],
      message: `alerts and forecast are ${alerts.length + forecast.length} notifications together; AWS Budgets takes ${MAX_NOTIFICATIONS} a budget`,
    });
  }
  for (const [key, thresholds] of Object.entries({ alerts, forecast })) {
    const again = thresholds.findIndex((t, i) => thresholds.indexOf(t) !== i);
    if (again !== -1) {
      problems.push({
        path: [...path, key, again],
        message: `${thresholds[again]} percent is here a second time; remove it`,
      });
    }
  }
  return problems;
}

/** Applications together may not be promised more than the environment may spend. */
export function checkTotal(budgets: readonly number[], monthlyUsd: number): readonly Problem[] {
  const total = budgets.reduce((sum, usd) => sum + usd, 0);
  return total <= monthlyUsd
    ? []
    : [
        {
          path: ['limits', 'monthlyUsd'],
          message: `the applications' budgets add up to $${total}, which is above limits.monthlyUsd of $${monthlyUsd}; lower a budget or have the limit raised`,
        },
      ];
}
