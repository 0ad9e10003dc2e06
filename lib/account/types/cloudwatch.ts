import { PRICE_LIST, PRICING_PAGE } from '../../catalog/aws-prices';
import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { Resource } from '../resource/resource';
import { text } from '../resource/resource-properties';
import { on } from './action-target';
import { resourceName } from './generated-name';
import { globalArn, regionalArn } from './resource-arn';
import { NO_STAND_IN, notRead, onItself, type ResourceType, unnamed } from './resource-type';

const alarmName = (r: Resource): string => resourceName(r, 'AlarmName');
const alarmArn = (r: Resource): string => regionalArn(r, 'cloudwatch', `alarm:${alarmName(r)}`);

export const CLOUDWATCH_TYPES = {
  'AWS::CloudWatch::Alarm': {
    regions: 'own',
    access: 'none',
    read: notRead,
    names: unnamed,
    standIn: { ref: alarmName, attributes: { Arn: alarmArn } },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::CloudWatch::Alarm'],
    unusedFeatures: [],
    actsOn: onItself((r) => on(alarmArn(r))),
    judgedByGate: false,
    charge: { usd: 0.1, unit: 'alarm metric and month', source: PRICE_LIST },
  },
  'AWS::CloudWatch::Dashboard': {
    regions: 'own',
    access: 'none',
    read: notRead,
    names: unnamed,
    standIn: NO_STAND_IN,
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::CloudWatch::Dashboard'],
    unusedFeatures: [],
    // The ARN of a dashboard has no Region.
    actsOn: onItself((r) => on(globalArn(r, 'cloudwatch', `dashboard/${text(r, 'DashboardName')}`))),
    judgedByGate: false,
    charge: { usd: 3, unit: 'dashboard and month', source: PRICING_PAGE },
  },
} satisfies Readonly<Record<string, ResourceType>>;
