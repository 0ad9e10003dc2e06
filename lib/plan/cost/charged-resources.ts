import { type ChargedTypeName, monthlyPrice } from '../../account/types/resource-types';
import type { AccessPlan } from '../environment/access-plan';
import { madeEndpoints } from '../environment/network-plan';
import type { AlarmPlan } from '../parts/alarm-plan';
import { type OwnCostItem, priced } from './own-cost-item';

/** Number of resources of one charged type in a plan. */
interface Count {
  readonly item: string;
  readonly quantity: number;
  readonly basis: string;
}

/**
 * Counts the resources of each charged type. A type with a monthly price but without an entry here does not compile.
 */
const COUNTS: Readonly<Record<ChargedTypeName, (plan: AccessPlan) => Count>> = {
  'AWS::CloudWatch::Alarm': (plan) => {
    const alarms = [...plan.alarms, ...plan.applications.flatMap((a) => a.alarms)];
    const quantity = alarms.reduce((sum, alarm) => sum + metricsOf(alarm), 0);
    return { item: 'alarms', quantity, basis: `${alarms.length} alarms, charged for each metric that they read` };
  },
  'AWS::CloudWatch::Dashboard': ({ dashboards }) => ({
    item: 'dashboards',
    quantity: dashboards.length,
    basis: 'every dashboard is charged, without a free tier',
  }),
  'AWS::EC2::VPCEndpoint': ({ network }) => {
    const endpoints = madeEndpoints(network).length;
    const subnets = network?.place?.subnetIds.length ?? 0;
    return {
      item: 'endpoints of the VPC',
      quantity: endpoints * subnets,
      basis: `${endpoints} endpoints in ${subnets} subnets, each in an Availability Zone of its own; every GB through them costs $0.01 more`,
    };
  },
  'AWS::KMS::Key': ({ topics, logging }) => ({
    item: 'KMS keys',
    quantity: [topics.key, ...(logging === undefined ? [] : [logging.key])].length,
    basis: 'every key is charged; requests to keys cost a few cents',
  }),
  'AWS::Budgets::BudgetsAction': ({ applications }) => ({
    item: 'budgets with an action',
    quantity: applications.filter(({ limit }) => limit !== undefined).length,
    basis: 'applications with atLimit: deny; budgets without an action are free',
  }),
};

/** Returns the monthly cost of the resources that AWS charges for even when nobody uses them. */
export function chargedResources(plan: AccessPlan): readonly OwnCostItem[] {
  return (Object.keys(COUNTS) as readonly ChargedTypeName[]).map((type) => {
    const { item, quantity, basis } = COUNTS[type](plan);
    return priced(item, monthlyPrice(type), quantity, { basis });
  });
}

/**
 * Returns the number of metrics that an alarm is charged for. An alarm on an expression is charged for each metric in
 * it.
 */
function metricsOf({ measure }: AlarmPlan): number {
  return 'metrics' in measure ? Object.keys(measure.metrics).length : 1;
}
