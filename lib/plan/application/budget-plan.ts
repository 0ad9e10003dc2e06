import type { ApplicationConfig } from '../../config/environment-schema';
import type { Place } from '../names/names';
import { physicalName, shortHash } from '../names/physical-name';
import { COST_TAG, costTag, type Tags } from '../names/tag-contract';

/** One notice of a budget: at which share of it, of what, and to whom. */
export interface BudgetNotice {
  /** `ACTUAL`: of what was spent. `FORECASTED`: of what AWS expects by the end of the month. */
  readonly type: 'ACTUAL' | 'FORECASTED';
  /** Percent of the budget. */
  readonly percent: number;
  readonly addresses: readonly string[];
  readonly topicArn: string;
}

/** A monthly cost budget of what carries some values of one tag. */
export interface BudgetPlan {
  readonly name: string;
  readonly monthlyUsd: number;
  /** As AWS Budgets filters by a tag that a user set, such as `user:BedrockAccess$dev/shop`. */
  readonly filters: readonly string[];
  readonly notices: readonly BudgetNotice[];
  readonly tags: Tags;
}

/** AWS takes a budget's name up to 100 characters, without `:`, `\` and `/action/` (CreateBudget, botocore 1.44.5). */
const MOST_CHARACTERS = 100;

/** What the budget of an environment tells of, since its file has only the amount. */
const OF_ENVIRONMENT = { alerts: [80, 100], forecast: [100] } as const;

/** The budget of one application. */
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
    // Addresses without a threshold would never get a mail.
    alerts: alerts.length + forecast.length === 0 ? [100] : alerts,
    forecast,
    addresses: notify,
    topicArn,
    tags,
  });
}

/** The budget of an environment: of all its applications together, one by one, since dev and prod share everything else. */
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
    ...OF_ENVIRONMENT,
    addresses: [contact.address],
    topicArn: contact.topicArn,
    tags,
  });
}

interface BudgetRequest {
  /** What its name begins with. */
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
 * CloudFormation never changes the notices of a budget: it makes a new budget first and deletes the old one then, and two
 * of one name cannot be. So the name ends in a digest of the notices.
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
  const name = physicalName([...parts, shortHash(JSON.stringify(notices))], MOST_CHARACTERS);
  return { name, monthlyUsd, filters, notices, tags };
}

/** Without `user:` the budget is created, and shows $0 for ever (terraform-provider-aws #39850, boto3 #4248). */
function tagFilter(value: string): string {
  return `user:${COST_TAG}$${value}`;
}
