import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { finding, type PrincipalFinding } from '../finding/principal-finding';

/** With another currency or period, or with credits subtracted, a budget would never notify and never deny. */
const FORM = {
  BudgetType: 'COST',
  CostTypes: { IncludeCredit: false, IncludeRefund: false },
  TimeUnit: 'MONTHLY',
  Unit: 'USD',
};

/**
 * Lists the differences between the budgets of the templates and those of the plan. The filter is stated a second time
 * here, because AWS Budgets accepts a key without `user:` and then always shows $0.
 */
export function compareBudgets(plan: AccessPlan, account: Account): readonly PrincipalFinding[] {
  const { applications, billing, environment } = plan;
  const filter = (name: string): string => ['user:BedrockAccess', `${environment}/${name}`].join('$');
  const planned = [
    ...(billing.budget === undefined ? [] : [{ budget: billing.budget, of: applications.map(({ name }) => name) }]),
    ...applications.flatMap(({ name, budget }) => (budget === undefined ? [] : [{ budget, of: [name] }])),
  ];
  return [
    ...account.budgets
      .filter(({ name }) => !planned.some(({ budget }) => budget.name === name))
      .map(({ name }) => finding(name, 'the templates have a budget that is not in the plan')),
    ...planned.flatMap(({ budget: { name, monthlyUsd, notices }, of }) => {
      const found = account.budgets.find((b) => b.name === name);
      if (found === undefined) {
        return [finding(name, 'is in the plan and not in the templates')];
      }
      const filters = JSON.stringify({ TagKeyValue: of.map(filter) });
      const actual = JSON.stringify(found.filters);
      const intended = notices.flatMap(({ type, percent, addresses, topicArn }) =>
        [...addresses.map((address) => `EMAIL ${address}`), `SNS ${topicArn}`].map(
          (whom) => `${type} above ${percent} percent: ${whom}`,
        ),
      );
      return [
        ...intended
          .filter((notice) => !found.notices.includes(notice))
          .map((notice) => finding(name, `lacks the notification of the plan: ${notice}`)),
        ...found.notices
          .filter((notice) => !intended.includes(notice))
          .map((notice) => finding(name, `has a notification that is not in the plan: ${notice}`)),
        ...(actual === filters ? [] : [finding(name, `has the filter ${actual}; the plan has ${filters}`)]),
        ...(found.monthlyUsd === monthlyUsd
          ? []
          : [finding(name, `is a budget of $${found.monthlyUsd}; the plan has $${monthlyUsd}`)]),
        ...(isDeepStrictEqual(found.form, FORM)
          ? []
          : [finding(name, `is ${JSON.stringify(found.form)}; the plan has ${JSON.stringify(FORM)}`)]),
      ];
    }),
  ];
}
