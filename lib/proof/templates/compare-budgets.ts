import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { finding, type PrincipalFinding } from '../finding/principal-finding';

/** A budget of another currency or period, or one that credits empty, would never tell and never deny. */
const FORM = {
  BudgetType: 'COST',
  CostTypes: { IncludeCredit: false, IncludeRefund: false },
  TimeUnit: 'MONTHLY',
  Unit: 'USD',
};

/**
 * Everything in which budgets differ in the templates from the plan. The filter is written a second time here: without
 * `user:` before the key AWS Budgets takes it and shows $0 for ever.
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
      const has = JSON.stringify(found.filters);
      const told = notices.flatMap(({ type, percent, addresses, topicArn }) =>
        [...addresses.map((address) => `EMAIL ${address}`), `SNS ${topicArn}`].map(
          (whom) => `${type} above ${percent} percent: ${whom}`,
        ),
      );
      return [
        ...told
          .filter((notice) => !found.notices.includes(notice))
          .map((notice) => finding(name, `does not tell ${notice}, as the plan has it`)),
        ...found.notices
          .filter((notice) => !told.includes(notice))
          .map((notice) => finding(name, `tells ${notice}, which the plan does not have`)),
        ...(has === filters ? [] : [finding(name, `counts ${has}; the plan has ${filters}`)]),
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
