import { PRICING_PAGE } from '../../catalog/aws-prices';
import { isJsonMap } from '../../catalog/json-map';
import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { Budget } from '../account';
import type { Resource } from '../resource/resource';
import { map, maps, rejectProperty, tags, text } from '../resource/resource-properties';
import { on, passedTo } from './action-target';
import { globalArn } from './resource-arn';
import { NO_STAND_IN, type ResourceType, unnamed } from './resource-type';
import { wholeResource } from './whole-resource';

function budget(r: Resource): Budget {
  const { BudgetName: name, BudgetLimit: limit, CostFilters: filters, ...others } = map(r, 'Budget');
  const { Amount: amount, ...unit } = isJsonMap(limit) ? limit : {};
  if (typeof name !== 'string' || typeof amount !== 'number') {
    return rejectProperty(r, 'Budget', 'must have a BudgetName and a BudgetLimit with an Amount');
  }
  const filterValues = Object.entries(isJsonMap(filters) ? filters : {}).map(([key, values]): [string, string[]] => [
    key,
    [values].flat().map(String),
  ]);
  const form = { ...others, ...unit };
  return {
    name,
    monthlyUsd: amount,
    form,
    filters: Object.fromEntries(filterValues),
    notices: notices(r),
    tags: tags(r, 'ResourceTags'),
  };
}

function notices(r: Resource): readonly string[] {
  return maps(r, 'NotificationsWithSubscribers').flatMap(({ Notification: notice, Subscribers: all }) => {
    const { NotificationType, ComparisonOperator, Threshold, ThresholdType } = isJsonMap(notice) ? notice : {};
    const above = ComparisonOperator === 'GREATER_THAN' ? 'above' : String(ComparisonOperator);
    const unit = ThresholdType === 'PERCENTAGE' ? 'percent' : String(ThresholdType);
    return (Array.isArray(all) ? all.filter(isJsonMap) : []).map(
      ({ SubscriptionType, Address }) =>
        `${NotificationType} ${above} ${Threshold} ${unit}: ${SubscriptionType} ${Address}`,
    );
  });
}

/** Returns the ARN of a budget, which has no Region. */
const budgetArn = (r: Resource): string => globalArn(r, 'budgets', `budget/${String(map(r, 'Budget')['BudgetName'])}`);

/** Returns a made-up ARN of a budget action. AWS assigns the real id when it creates the action. */
const actionArn = (r: Resource): string =>
  globalArn(r, 'budgets', `budget/${text(r, 'BudgetName')}/action/${r.logicalId}`);

export const BUDGETS_TYPES = {
  'AWS::Budgets::Budget': {
    regions: 'own and billing',
    access: 'none',
    read: (r) => ({ budgets: [budget(r)] }),
    names: (r) => [budget(r).name],
    standIn: NO_STAND_IN,
    tags: 'ResourceTags',
    handlers: REGISTRY_HANDLERS['AWS::Budgets::Budget'],
    unusedFeatures: [],
    actsOn: {
      itself: (r) => on(budgetArn(r)),
      itselfFor: {},
      others: { 'billing:GetBillingViewData': (r) => on(globalArn(r, 'billing', 'billingview/primary')) },
    },
    judgedByGate: false,
    charge: 'free',
  },
  'AWS::Budgets::BudgetsAction': {
    regions: 'own and billing',
    access: 'none',
    read: (r) => ({ wholeResources: [wholeResource(r)] }),
    names: unnamed,
    standIn: NO_STAND_IN,
    tags: 'ResourceTags',
    handlers: REGISTRY_HANDLERS['AWS::Budgets::BudgetsAction'],
    unusedFeatures: [],
    actsOn: {
      itself: (r) => on(actionArn(r)),
      itselfFor: {},
      others: { 'iam:PassRole': (r) => [passedTo(text(r, 'ExecutionRoleArn'), 'budgets.amazonaws.com')] },
    },
    judgedByGate: true,
    charge: { usd: 0.1 * 30.4, unit: 'budget with an action, and month', source: PRICING_PAGE },
  },
} satisfies Readonly<Record<string, ResourceType>>;
