import { REGIONS_WITHOUT_BUDGETS } from '../../catalog/region';
import type { Environment } from '../../config/environment';
import type { ApplicationPlan } from '../application/application-plan';
import { type BudgetPlan, planEnvironmentBudget } from '../application/budget-plan';
import { topicArn } from '../names/arns';
import type { Place } from '../names/names';
import type { Tags } from '../names/tag-contract';
import { type AnomalyPlan, planAnomalies } from './anomaly-plan';

/** What is made in us-east-1, where AWS keeps billing: the stack Billing. */
export interface BillingPlan {
  /**
   * Budget of the whole environment.
   *
   * @default - the file sets no `limits.monthlyUsd`
   */
  readonly budget?: BudgetPlan;
  /**
   * What finds unusual costs.
   *
   * @default - the file does not say that this is the payer account, the only one that can have it
   */
  readonly anomalies?: AnomalyPlan;
  /** Whether the applications' budgets are made there too, since CloudFormation in the environment's Region has no budgets. */
  readonly ofApplications: boolean;
}

/**
 * Decides what is made in us-east-1.
 *
 * Monitors over a cost allocation tag exist in the management account alone ("Getting started with AWS Cost Anomaly
 * Detection", AWS Cost Management guide, 2026), and in another the whole stack would fail, its budget with it.
 */
export function planBilling(
  place: Place,
  { limits: { monthlyUsd }, contact, costAllocationTags }: Environment,
  applications: readonly ApplicationPlan[],
  tags: Tags,
): BillingPlan {
  const names = applications.map(({ name }) => name);
  const told = { address: contact, topicArn: topicArn(place, contact) };
  return {
    ...(monthlyUsd !== undefined && { budget: planEnvironmentBudget(place, monthlyUsd, names, told, tags) }),
    ...(costAllocationTags === 'activate' && { anomalies: planAnomalies(place, names, contact, tags) }),
    ofApplications: REGIONS_WITHOUT_BUDGETS.includes(place.region),
  };
}

/** Budgets a stack: with the action, role and policy of each it stays below the 500 resources that a template takes. */
const BUDGETS_PER_STACK = 90;

/** What of a plan says which stacks of billing there are. */
interface Billed {
  readonly billing: BillingPlan;
  readonly applications: readonly ApplicationPlan[];
}

/**
 * The stacks of billing, each as the applications whose budgets it makes: none where their own stacks have them, and no
 * stack where it would be empty.
 */
export function billingStacks({ billing, applications }: Billed): readonly (readonly ApplicationPlan[])[] {
  const budgeted = billing.ofApplications ? applications.filter((a) => a.budget !== undefined) : [];
  const stacks = Array.from({ length: Math.ceil(budgeted.length / BUDGETS_PER_STACK) }, (_, i) =>
    budgeted.slice(i * BUDGETS_PER_STACK, (i + 1) * BUDGETS_PER_STACK),
  );
  const ofEnvironment = billing.budget !== undefined || billing.anomalies !== undefined;
  return stacks.length === 0 && ofEnvironment ? [[]] : stacks;
}
