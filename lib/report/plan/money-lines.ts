import { AWS_PRICES_DATE, AWS_PRICES_REGION } from '../../catalog/aws-prices';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { BudgetPlan } from '../../plan/application/budget-plan';
import { dailyLimitUsd } from '../../plan/application/daily-limit';
import { DENY_AT_PERCENT } from '../../plan/application/limit-plan';
import { planOwnCost } from '../../plan/cost/own-cost';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { topicName } from '../../plan/names/names';
import { cents } from '../format/cents';
import { counted } from '../format/counted';

/** Items that a line names; the others are in the JSON. */
const NAMED_ITEMS = 4;

/** What an application may cost, what happens at its limits, and whom its alerts reach. */
export function applicationMoneyLines(application: ApplicationPlan, { environment }: AccessPlan): readonly string[] {
  const { budget, owner, limit, alarms } = application;
  const daily = dailyLimitUsd(application);
  const atLimits = [
    ...(limit === undefined ? [] : [`${DENY_AT_PERCENT} % of the budget billed`]),
    ...(limit?.alarmArn === undefined ? [] : ["the day's limit"]),
  ];
  const ofDay = daily === undefined ? 'no limit a day' : `limit a day ${cents(daily)}, estimated by the meter`;
  const then =
    atLimits.length === 0
      ? 'at a limit nobody is denied, its alerts tell of it'
      : `at ${atLimits.join(' or ')} everybody is denied its profiles, until the next period or budget ${environment} ${application.name} --release`;
  return [
    budget === undefined ? '  no budget' : `  ${budgetText(budget)}`,
    `  ${ofDay}; ${then}`,
    `  ${counted(alarms.length, 'alarm')}; alerts go to ${owner}, topic ${topicName(environment, owner)}`,
  ];
}

/** A budget with its notices: `budget $500.00 a month, told at 50 %, 80 % billed, 100 % forecast: team@example.com`. */
export function budgetText({ monthlyUsd, notices }: BudgetPlan): string {
  const at = (type: BudgetPlan['notices'][number]['type'], word: string): readonly string[] => {
    const percents = notices.filter((notice) => notice.type === type).map(({ percent }) => `${percent} %`);
    return percents.length === 0 ? [] : [`${percents.join(', ')} ${word}`];
  };
  const told = [...at('ACTUAL', 'billed'), ...at('FORECASTED', 'forecast')].join('; ');
  const addresses = [...new Set(notices.flatMap((notice) => notice.addresses))].join(', ');
  return `budget ${cents(monthlyUsd)} a month, told at ${told}: ${addresses}`;
}

/** What the project itself costs a month, in one line. */
export function ownCostLine(plan: AccessPlan): string {
  const { items, usd, unpricedCalls } = planOwnCost(plan);
  const dearest = [...items].sort((a, b) => b.usd - a.usd).slice(0, NAMED_ITEMS);
  const named = dearest.map((item) => `${item.item} ${cents(item.usd)}`).join(', ');
  const unpriced = unpricedCalls === 0 ? '' : `, without ${counted(unpricedCalls, 'probe')} of unknown price`;
  return `itself about ${cents(usd)} a month at list prices of ${AWS_PRICES_REGION} (${AWS_PRICES_DATE}, no free tier)${unpriced}: ${named}; each item: --json`;
}
