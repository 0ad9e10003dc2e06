import { REGIONS_WITHOUT_BUDGETS } from '../../catalog/region';
import type { Environment } from '../../config/environment';
import type { ApplicationPlan } from '../application/application-plan';
import { type BudgetPlan, planEnvironmentBudget } from '../application/budget-plan';
import { topicArn } from '../names/arns';
import type { Place } from '../names/names';
import type { Tags } from '../names/tag-contract';
import { type AnomalyPlan, planAnomalies } from './anomaly-plan';

/** The contents of the billing stacks, which are in us-east-1 because AWS keeps billing there. */
export interface BillingPlan {
  /**
   * Budget of the whole environment.
   *
   * @default - the file sets no `limits.monthlyUsd`
   */
  readonly budget?: BudgetPlan;
  /**
   * The detection of unusual costs.
   *
   * @default - none: only the payer account can have it, and the file does not say that this account is the payer
   * account
   */
  readonly anomalies?: AnomalyPlan;
  /**
   * True when the applications' budgets are also in us-east-1, because CloudFormation does not support budgets in the
   * environment's Region.
   */
  readonly ofApplications: boolean;
}

/**
 * Decides the contents of the billing stacks.
 *
 * Only the management account can have monitors of a cost allocation tag ("Getting started with AWS Cost Anomaly
 * Detection", AWS Cost Management guide, 2026). In another account they would fail the whole stack, together with its
 * budget.
 */
export function planBilling(
  place: Place,
  { limits: { monthlyUsd }, contact, costAllocationTags }: Environment,
  applications: readonly ApplicationPlan[],
  tags: Tags,
): BillingPlan {
  const names = applications.map(({ name }) => name);
  const recipient = { address: contact, topicArn: topicArn(place, contact) };
  return {
    ...(monthlyUsd !== undefined && { budget: planEnvironmentBudget(place, monthlyUsd, names, recipient, tags) }),
    ...(costAllocationTags === 'activate' && { anomalies: planAnomalies(place, names, contact, tags) }),
    ofApplications: REGIONS_WITHOUT_BUDGETS.includes(place.region),
  };
}

/**
 * Maximum number of budgets in a stack. With the action, role and policy of each, a template stays below 500 resources.
 */
const BUDGETS_PER_STACK = 90;

/** The parts of a plan that decide its billing stacks. */
interface BillingStackInput {
  readonly billing: BillingPlan;
  readonly applications: readonly ApplicationPlan[];
}

/**
 * Returns one list for each billing stack: the applications whose budgets it creates. A list is empty when the
 * applications' own stacks create their budgets. No stack is empty.
 */
export function billingStacks({ billing, applications }: BillingStackInput): readonly (readonly ApplicationPlan[])[] {
  const budgeted = billing.ofApplications ? applications.filter((a) => a.budget !== undefined) : [];
  const stacks = Array.from({ length: Math.ceil(budgeted.length / BUDGETS_PER_STACK) }, (_, i) =>
    budgeted.slice(i * BUDGETS_PER_STACK, (i + 1) * BUDGETS_PER_STACK),
  );
  const ofEnvironment = billing.budget !== undefined || billing.anomalies !== undefined;
  return stacks.length === 0 && ofEnvironment ? [[]] : stacks;
}
