import type { ApplicationConfig } from '../../config/environment-schema';
import type { Place } from '../names/names';
import { physicalName, shortHash } from '../names/physical-name';
import { COST_TAG, costTag, type Tags } from '../names/tag-contract';

/** One notification of a budget, with its threshold and its recipients. */
export interface BudgetNotice {
  /** Cost that is compared with the threshold: `ACTUAL` cost to date, or `FORECASTED` cost at the end of the month. */
  readonly type: 'ACTUAL' | 'FORECASTED';
  /** Threshold in percent of the budget. */
  readonly percent: number;
  readonly addresses: readonly string[];
  readonly topicArn: string;
}

/** A monthly cost budget for resources with certain values of one tag. */
export interface BudgetPlan {
  readonly name: string;
  readonly monthlyUsd: number;
  /** Filters of AWS Budgets for a user-defined tag, such as `user:BedrockAccess$dev/shop`. */
  readonly filters: readonly string[];
  readonly notices: readonly BudgetNotice[];
  readonly tags: Tags;
}

/**
 * Maximum length of a budget's name. AWS also forbids `:`, `\` and `/action/` in it (CreateBudget, botocore 1.44.5).
 */
const MAX_CHARACTERS = 100;

/** Thresholds of the environment's budget, in percent. The environment file sets only its amount. */
/** Alerts of a budget whose file names none. Without a threshold the addresses would never get an e-mail. */
export const DEFAULT_ALERTS: readonly number[] = [100];

const ENVIRONMENT_THRESHOLDS = { alerts: [80, 100], forecast: [100] } as const;

/** Decides the budget of one application. */
export function planApplicationBudget(
  place: Place,
  application: string,
  { monthlyUsd, alerts, forecast, notify }: NonNullable<ApplicationConfig['budget']>,
  topicArn: string,
  tags: Tags,
): BudgetPlan {
  return planBudget({
    parts: [place.environment, application],
    monthlyUsd,
    filters: [tagFilter(costTag(place, application))],
    alerts: alerts.length + forecast.length === 0 ? DEFAULT_ALERTS : alerts,
    forecast,
    addresses: notify,
    topicArn,
    tags,
  });
}

/**
 * Decides the budget of an environment. It filters by the tag of each application, because dev and prod share all other
 * tags.
 */
export function planEnvironmentBudget(
  place: Place,
  monthlyUsd: number,
  applications: readonly string[],
  contact: { readonly address: string; readonly topicArn: string },
  tags: Tags,
): BudgetPlan {
  return planBudget({
    parts: [place.environment],
    monthlyUsd,
    filters: applications.map((application) => tagFilter(costTag(place, application))),
    ...ENVIRONMENT_THRESHOLDS,
    addresses: [contact.address],
    topicArn: contact.topicArn,
    tags,
  });
}

interface BudgetRequest {
  /** First parts of its name. */
  readonly parts: readonly string[];
  readonly monthlyUsd: number;
  readonly filters: readonly string[];
  readonly alerts: readonly number[];
  readonly forecast: readonly number[];
  readonly addresses: readonly string[];
  readonly topicArn: string;
  readonly tags: Tags;
}

/**
 * Decides a budget whose name ends in a digest of its notifications. CloudFormation cannot change the notifications of
 * a budget. It creates a new budget before it deletes the old one, and two budgets cannot have the same name.
 */
function planBudget({
  parts,
  monthlyUsd,
  filters,
  alerts,
  forecast,
  addresses,
  topicArn,
  tags,
}: BudgetRequest): BudgetPlan {
  const notice = (type: BudgetNotice['type']) => (percent: number) => ({ type, percent, addresses, topicArn });
  const notices = [...alerts.map(notice('ACTUAL')), ...forecast.map(notice('FORECASTED'))];
  const name = physicalName([...parts, shortHash(JSON.stringify(notices))], MAX_CHARACTERS);
  return { name, monthlyUsd, filters, notices, tags };
}

/**
 * Returns a tag filter. Without `user:`, the budget is created but always shows $0 (terraform-provider-aws #39850,
 * boto3 #4248).
 */
function tagFilter(value: string): string {
  return `user:${COST_TAG}$${value}`;
}
