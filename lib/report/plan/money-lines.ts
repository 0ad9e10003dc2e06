import { AWS_PRICES_DATE, AWS_PRICES_REGION } from '../../catalog/aws-prices';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { BudgetPlan } from '../../plan/application/budget-plan';
import { dailyLimitUsd } from '../../plan/application/daily-limit';
import { DENY_AT_PERCENT } from '../../plan/application/limit-plan';
import { planOwnCost } from '../../plan/cost/own-cost';
import { uncountedTokens } from '../../plan/cost/uncounted-tokens';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { topicName } from '../../plan/names/names';
import { cents } from '../format/cents';
import { counted } from '../format/counted';

/** Number of items that the line on the project's own cost names. `--json` lists all of them. */
const NAMED_ITEMS = 4;

/** Lists the budget and daily limit of an application, what happens at each limit, and who receives its alerts. */
export function applicationMoneyLines(
  application: ApplicationPlan,
  { environment, region }: Pick<AccessPlan, 'environment' | 'region'>,
): readonly string[] {
  const { budget, owner, limit, alarms } = application;
  const daily = dailyLimitUsd(application);
  const atLimits = [
    ...(limit === undefined ? [] : [`${DENY_AT_PERCENT} % of the budget billed`]),
    ...(limit?.alarmArn === undefined ? [] : ['the daily limit']),
  ];
  const dailyLimit = daily === undefined ? 'no daily limit' : `daily limit ${cents(daily)}, estimated by the meter`;
  const consequence =
    atLimits.length === 0
      ? 'a limit only sends alerts and denies nothing'
      : `at ${atLimits.join(' or ')}, all principals are denied its profiles until the next period or until budget ${environment} ${application.name} --release`;
  return [
    budget === undefined ? '  no budget' : `  ${budgetText(budget)}`,
    `  ${dailyLimit}; ${consequence}`,
    ...(daily === undefined ? [] : uncountedLines(application, region)),
    ...(limit === undefined
      ? []
      : [`  denied by hand with: npx bedrock-access budget ${environment} ${application.name} --deny "REASON"`]),
    `  ${counted(alarms.length, 'alarm')}; alerts go to ${owner}, topic ${topicName(environment, owner)}`,
  ];
}

/** Says which tokens the daily limit cannot count, because their price is not known. */
function uncountedLines(application: ApplicationPlan, region: string): readonly string[] {
  const uncounted = uncountedTokens({ applications: [application], region });
  const parts = uncounted.map(({ alias, modelId, tokens }) => `${tokens.join(', ')} of ${alias} (${modelId})`);
  return parts.length === 0 ? [] : [`  not counted in the daily limit, price unknown: ${parts.join('; ')}`];
}

/** Describes a budget: `budget $500.00 a month, alerts at 50 %, 80 % billed; 100 % forecast: team@example.com`. */
export function budgetText({ monthlyUsd, notices }: BudgetPlan): string {
  const at = (type: BudgetPlan['notices'][number]['type'], word: string): readonly string[] => {
    const percents = notices.filter((notice) => notice.type === type).map(({ percent }) => `${percent} %`);
    return percents.length === 0 ? [] : [`${percents.join(', ')} ${word}`];
  };
  const thresholds = [...at('ACTUAL', 'billed'), ...at('FORECASTED', 'forecast')].join('; ');
  const addresses = [...new Set(notices.flatMap((notice) => notice.addresses))].join(', ');
  return `budget ${cents(monthlyUsd)} a month, alerts at ${thresholds}: ${addresses}`;
}

/** Returns one line on what the project's own resources cost a month. */
export function ownCostLine(plan: AccessPlan): string {
  const { items, usd, unpricedCalls } = planOwnCost(plan);
  const dearest = [...items].sort((a, b) => b.usd - a.usd).slice(0, NAMED_ITEMS);
  const named = dearest.map((item) => `${item.item} ${cents(item.usd)}`).join(', ');
  const unpriced = unpricedCalls === 0 ? '' : `, without ${counted(unpricedCalls, 'probe')} of unknown price`;
  return `own cost about ${cents(usd)} a month at list prices of ${AWS_PRICES_REGION} (${AWS_PRICES_DATE}, no free tier)${unpriced}: ${named}; --json lists every item`;
}
