import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { Resource } from '../resource/resource';
import { on, onAnything } from './action-target';
import { globalArn } from './resource-arn';
import { NO_STAND_IN, notRead, type ResourceType, unnamed } from './resource-type';

/** Returns a made-up ARN of a monitor. AWS assigns the real ids of monitors and subscriptions when it creates them. */
const monitorArn = (r: Resource): string => globalArn(r, 'ce', `anomalymonitor/${r.logicalId}`);
const subscriptionArn = (r: Resource): string => globalArn(r, 'ce', `anomalysubscription/${r.logicalId}`);

const ANOMALIES = {
  regions: 'own and billing',
  access: 'none',
  read: notRead,
  names: unnamed,
  tags: 'ResourceTags',
  unusedFeatures: [],
  judgedByGate: true,
  charge: 'free',
} as const;

export const COST_EXPLORER_TYPES = {
  'AWS::CE::AnomalyMonitor': {
    ...ANOMALIES,
    handlers: REGISTRY_HANDLERS['AWS::CE::AnomalyMonitor'],
    standIn: { attributes: { MonitorArn: monitorArn } },
    actsOn: { itself: (r) => on(monitorArn(r)), itselfFor: {}, others: { 'ce:CreateAnomalyMonitor': onAnything } },
  },
  'AWS::CE::AnomalySubscription': {
    ...ANOMALIES,
    handlers: REGISTRY_HANDLERS['AWS::CE::AnomalySubscription'],
    standIn: NO_STAND_IN,
    actsOn: {
      itself: (r) => on(subscriptionArn(r)),
      itselfFor: {},
      others: { 'ce:CreateAnomalySubscription': onAnything },
    },
  },
} satisfies Readonly<Record<string, ResourceType>>;
