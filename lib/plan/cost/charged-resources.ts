import { type ChargedTypeName, monthlyPrice } from '../../account/types/resource-types';
import type { AccessPlan } from '../environment/access-plan';
import type { AlarmPlan } from '../parts/alarm-plan';
import { type OwnCostItem, priced } from './own-cost-item';

/** How many of a type a plan has that AWS charges for. */
interface Count {
  readonly item: string;
  readonly quantity: number;
  readonly basis: string;
}

/** By type: a type with a price that nobody counts does not compile. */
const COUNTS: Readonly<Record<ChargedTypeName, (plan: AccessPlan) => Count>> = {
  'AWS::CloudWatch::Alarm': (plan) => {
    const alarms = [...plan.alarms, ...plan.applications.flatMap((a) => a.alarms)];
    const quantity = alarms.reduce((sum, alarm) => sum + metricsOf(alarm), 0);
    return { item: 'alarms', quantity, basis: `${alarms.length} alarms, charged by the metric` };
  },
  'AWS::CloudWatch::Dashboard': ({ dashboards, applications }) => ({
    item: 'dashboards',
    quantity: dashboards.length + applications.length,
    basis: 'each, from the first',
  }),
  'AWS::KMS::Key': ({ topics, logging }) => ({
    item: 'KMS keys',
    quantity: [topics.key, ...(logging === undefined ? [] : [logging.key])].length,
    basis: 'each; requests to them are cents',
  }),
  'AWS::Budgets::BudgetsAction': ({ applications }) => ({
    item: 'budgets with an action',
    quantity: applications.filter(({ limit }) => limit !== undefined).length,
    basis: 'atLimit: deny; budgets alone are free',
  }),
};

/** What resources cost a month while nobody uses them. */
export function chargedResources(plan: AccessPlan): readonly OwnCostItem[] {
  return (Object.keys(COUNTS) as readonly ChargedTypeName[]).map((type) => {
    const { item, quantity, basis } = COUNTS[type](plan);
    return priced(item, monthlyPrice(type), quantity, { basis });
  });
}

/** An alarm on an expression is charged for each metric in it. */
function metricsOf({ measure }: AlarmPlan): number {
  return 'metrics' in measure ? Object.keys(measure.metrics).length : 1;
}
